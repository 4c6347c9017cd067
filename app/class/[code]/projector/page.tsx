import { ProjectorScreen } from './screen';

export default async function Page({ params }: { readonly params: Promise<{ code: string }> }) {
  return <ProjectorScreen code={(await params).code.toUpperCase()} />;
}
