import { Landing } from './_features/landing';
import { Top } from './_ui';

export default function Page() {
  return (
    <>
      <Top />
      <Landing />
    </>
  );
}
