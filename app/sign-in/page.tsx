import { Suspense } from 'react';
import { Top } from '../_ui';
import { Form } from './form';

export default function Page() {
  return (
    <>
      <Top />
      <Suspense>
        <Form />
      </Suspense>
    </>
  );
}
