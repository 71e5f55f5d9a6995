import { tidyNumber } from '@yajin/core';
import { ApiError } from '@yajin/web';
import { useState, type ReactNode } from 'react';
import { Field } from '../kit/field.js';
import { problemsOf, type Enrolment, type Problems } from '../rules/enrol.rules.js';
import { PlanetHelp } from './planet-help.js';

export interface Identity {
  form: Enrolment;
  problems: Problems;
  fill: (name: keyof Enrolment) => (value: string) => void;
  /** What was filled in, tidied; null after saying beside the fields what is wrong with it. */
  take: () => Enrolment | null;
  /** Says beside the fields what the server has against them. */
  blame: (problems: Problems) => void;
}

/** Who somebody is in the planet, as they fill it in. */
export function useIdentity(initial: Partial<Enrolment> = {}): Identity {
  const [form, setForm] = useState<Enrolment>({
    planetUserId: '',
    planetNickname: '',
    wechatNickname: '',
    ...initial,
  });
  const [problems, setProblems] = useState<Problems>({});
  const fill = (name: keyof Enrolment) => (value: string) => {
    setForm((now) => ({ ...now, [name]: value }));
    setProblems((now) => ({ ...now, [name]: undefined }));
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
  return { form, problems, fill, take, blame: setProblems };
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
