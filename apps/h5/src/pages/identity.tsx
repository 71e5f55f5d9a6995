import { tidyNumber } from '@yajin/core';
import { ApiError } from '@yajin/web';
import { useState, type ReactNode } from 'react';
import { Field } from '../kit/field.js';
import { problemsOf, type Enrolment, type Problems } from '../rules/enrol.rules.js';
import { PlanetHelp } from './planet-help.js';
import { Contact } from './told.js';
import { asksCoaches } from '../rules/contact.rules.js';

export interface Identity {
  form: Enrolment;
  problems: Problems;
  fill: (name: keyof Enrolment) => (value: string) => void;
  /** What was filled in, tidied; null after saying beside the fields what is wrong with it. */
  take: () => Enrolment | null;
  /** Says beside the fields what the server has against them. */
  blame: (problems: Problems) => void;
  /** Forgets what was filled in. */
  sent: () => void;
}

/** What was filled in and not sent, for whoever leaves the page to read something; it goes with the tab. */
const drafts = new Map<string, Enrolment>();

/**
 * Who somebody is in the planet, as they fill it in.
 * @param name of the form, by which what was filled in comes back
 */
export function useIdentity(name: string, initial: Partial<Enrolment> = {}): Identity {
  const [form, setForm] = useState<Enrolment>({
    planetUserId: '',
    planetNickname: '',
    wechatNickname: '',
    ...initial,
    ...drafts.get(name),
  });
  const [problems, setProblems] = useState<Problems>({});
  const fill = (field: keyof Enrolment) => (value: string) => {
    const next = { ...form, [field]: value };
    drafts.set(name, next);
    setForm(next);
    setProblems((now) => ({ ...now, [field]: undefined }));
  };
  const take = (): Enrolment | null => {
    const found = problemsOf(form);
    setProblems(found);
    const [first] = Object.keys(found);
    if (first === undefined)
      return {
        planetUserId: tidyNumber(form.planetUserId),
        planetNickname: form.planetNickname.trim(),
        wechatNickname: form.wechatNickname.trim(),
      };
    document.querySelector<HTMLInputElement>(`input[name="${first}"]`)?.focus();
    return null;
  };
  return { form, problems, fill, take, blame: setProblems, sent: () => drafts.delete(name) };
}

/** The fields that a refusal is about. */
export function problemsIn(error: unknown): Problems {
  const fields = error instanceof ApiError ? error.fields : [];
  return Object.fromEntries(fields.map(({ field, message }) => [field, message]));
}

interface FieldsProps {
  identity: Identity;
  /** The id comes with one's own link. */
  personal?: boolean;
  knownNickname?: boolean;
}

export function IdentityFields({
  identity: { form, problems, fill },
  personal = false,
  knownNickname = false,
}: FieldsProps): ReactNode {
  return (
    <>
      <Field
        label="星球 ID"
        name="planetUserId"
        value={form.planetUserId}
        onChange={fill('planetUserId')}
        error={problems.planetUserId}
        locked={personal}
        digits
        maxLength={64}
        hint={personal ? '来自你的专属链接，不用填写。' : '打卡靠它认出你，请不要填错。'}
      />
      {asksCoaches(problems.planetUserId ?? '') && <Contact />}
      {!personal && <PlanetHelp />}
      <Field
        label="星球昵称"
        name="planetNickname"
        value={form.planetNickname}
        onChange={fill('planetNickname')}
        error={problems.planetNickname}
        locked={knownNickname}
        maxLength={100}
      />
    </>
  );
}
