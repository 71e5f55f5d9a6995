import { useId, type ReactNode } from 'react';

interface FieldProps {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with it, said beside it. */
  error?: string | undefined;
  hint?: ReactNode;
  locked?: boolean;
  digits?: boolean;
  maxLength: number;
}

/**
 * One line to fill in, with its name above and what is wrong below. A plain input: the library's keeps
 * `aria-describedby` for the box around it.
 */
export function Field(props: FieldProps): ReactNode {
  const id = useId();
  const { label, value, onChange, error, hint, locked = false, digits = false } = props;
  const described = [
    ...(error === undefined ? [] : [`${id}-error`]),
    ...(hint === undefined ? [] : [`${id}-hint`]),
  ];
  return (
    <div className={error === undefined ? 'field' : 'field wrong-field'}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={props.name}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        readOnly={locked}
        maxLength={props.maxLength}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={error !== undefined}
        {...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {})}
        {...(digits ? { inputMode: 'numeric' as const } : {})}
      />
      {error !== undefined && (
        <p className="wrong" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
