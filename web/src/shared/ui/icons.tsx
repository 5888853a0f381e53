/** The few pictures that are used: drawn here, so that no font has to have them. */
type Props = { className?: string | undefined };

function Icon({ d, className }: Props & { d: string }) {
  return (
    <svg className={className} viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
      <path
        d={d}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

export function Lock(props: Props) {
  return <Icon d="M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3" {...props} />;
}

export function House(props: Props) {
  return <Icon d="M4 11l8-7 8 7v9h-5v-6h-6v6H4z" {...props} />;
}

export function Calendar(props: Props) {
  return <Icon d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4" {...props} />;
}

export function Swap(props: Props) {
  return <Icon d="M4 8h14l-4-4M20 16H6l4 4" {...props} />;
}

export function Inbox(props: Props) {
  return <Icon d="M4 13l3-8h10l3 8v6H4zM4 13h5l1 3h4l1-3h5" {...props} />;
}

export function Person(props: Props) {
  return <Icon d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6" {...props} />;
}
