import { type ComponentProps, type ReactNode, useId } from 'react';

/** A labelled line of input; what is wrong with it is said below and to screen readers. */
export function Field({
  label,
  hint,
  error,
  className = '',
  ...input
}: ComponentProps<'input'> & { readonly label: string; readonly hint?: ReactNode; readonly error?: ReactNode }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-more` : undefined}
        className={`w-full rounded-[10px] border bg-card-high px-3.5 py-2.5 placeholder:text-soft ${error ? 'border-del' : 'border-line-strong'} ${className}`}
        {...input}
      />
      <div
        id={`${id}-more`}
        className={`text-sm ${error ? 'text-del' : 'text-soft'}`}
        role={error ? 'alert' : undefined}
      >
        {error || hint}
      </div>
    </div>
  );
}
