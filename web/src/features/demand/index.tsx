export default function DemandPage() {
  return null;
}
