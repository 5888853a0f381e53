import type { Me } from "@/shared/me";
export default function Phone({ me }: { me: Me }) {
  return <p>{me.name}</p>;
}
