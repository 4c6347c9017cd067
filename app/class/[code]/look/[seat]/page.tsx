import { LookScreen } from './screen';

export default async function Page({ params }: { readonly params: Promise<{ code: string; seat: string }> }) {
  const { code, seat } = await params;
  return <LookScreen code={code.toUpperCase()} seat={seat} />;
}
