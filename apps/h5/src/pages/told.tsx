import type { ReactNode } from 'react';
import { CopyShort } from '../kit/copy.js';
import { useSettings } from '../kit/settings.js';
import { kindly } from '../kit/states.js';
import { asksCoaches, copied } from '../rules/contact.rules.js';

/** A sentence of ours; one that says to ask the coaches says where they are, too. */
export function Told({ text, className }: { text: string; className?: string }): ReactNode {
  return (
    <>
      <p className={className}>{text}</p>
      {asksCoaches(text) && <Contact />}
    </>
  );
}

/** Why something that was asked for did not work. */
export function Refusal({ error }: { error: Error }): ReactNode {
  return (
    <div className="stack" role="alert">
      <Told className="note bad" text={kindly(error)} />
    </div>
  );
}

/** Whom members turn to; nothing until that is known. */
export function Contact(): ReactNode {
  const contact = useSettings()?.contact;
  if (contact === undefined) return null;
  if (contact === null)
    return <p className="contact hint">助教在知识星球和训练营群里，在那里发消息就能找到。</p>;
  return (
    <p className="contact">
      <span>{contact}</span>
      <CopyShort text={copied(contact)} />
    </p>
  );
}
