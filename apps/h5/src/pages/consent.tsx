import type { UseQueryResult } from '@tanstack/react-query';
import { ApiError, type Camp } from '@yajin/web';
import { useId, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useApiQuery } from '../kit/api.js';
import { seen } from '../kit/states.js';
import { load, save } from '../kit/storage.js';

export type Language = Camp.NoticeLanguage;

/** What is sent along by whoever agreed. */
export type GivenConsent = Required<Pick<Camp.CreatePaymentRequest, 'consentVersion' | 'consentLanguage'>>;

const WORDS = {
  zh: {
    read: '我已阅读并同意',
    notice: '《个人信息处理说明》',
    needed: '请先阅读并同意个人信息处理说明。',
    waiting: '个人信息处理说明还没有加载出来，请检查网络后再试。',
  },
  en: {
    read: 'I have read and agree to the ',
    notice: 'privacy notice',
    needed: 'Please read the privacy notice and agree to it first.',
    waiting: 'The privacy notice has not loaded. Check the network and try again.',
  },
};

/** In which language the notice was read last. */
export function noticeLanguage(): Language {
  return load<Language>('language') === 'en' ? 'en' : 'zh';
}

export function chooseLanguage(language: Language): void {
  save('language', language);
}

export function useNotice(language: Language): UseQueryResult<Camp.PrivacyNotice> {
  return useApiQuery('getPrivacyNotice', { query: { language } });
}

interface Consent {
  language: Language;
  /** Whether it is known to what. */
  ready: boolean;
  given: boolean;
  give: (given: boolean) => void;
  problem: 'needed' | 'waiting' | null;
  /** What was agreed to; null after saying that it is needed. */
  take: () => GivenConsent | null;
  /** A refusal may be about the version: then what was agreed to counts no more. */
  blame: (error: unknown) => void;
}

/** Whether somebody agrees to the notice of now: nobody is taken to, and a new version asks anew. */
export function useConsent(): Consent {
  const [language] = useState(noticeLanguage);
  const notice = useNotice(language);
  const version = seen(notice)?.version ?? null;
  const [agreed, setAgreed] = useState<string | null>(null);
  const [problem, setProblem] = useState<Consent['problem']>(null);
  const given = agreed !== null && agreed === version;
  return {
    language,
    ready: version !== null,
    given,
    give: (yes) => {
      setAgreed(yes ? version : null);
      setProblem(null);
    },
    problem,
    take: () => {
      if (given) return { consentVersion: agreed, consentLanguage: language };
      setProblem(version === null ? 'waiting' : 'needed');
      if (version === null) void notice.refetch();
      document.querySelector<HTMLInputElement>('input[name="consent"]')?.focus();
      return null;
    },
    blame: (error) => {
      if (!(error instanceof ApiError && error.fields.some(({ field }) => field === 'consentVersion')))
        return;
      setAgreed(null);
      void notice.refetch();
    },
  };
}

export function ConsentField({ consent }: { consent: Consent }): ReactNode {
  const id = useId();
  const { language, ready, given, give, problem } = consent;
  const words = WORDS[language];
  return (
    <div className={problem === null ? 'consent' : 'consent wrong-field'} lang={language}>
      <label htmlFor={id}>
        <input
          id={id}
          name="consent"
          type="checkbox"
          checked={given}
          disabled={!ready}
          onChange={({ target }) => give(target.checked)}
          aria-invalid={problem !== null}
          {...(problem === null ? {} : { 'aria-describedby': `${id}-error` })}
        />
        <span>{words.read}</span>
      </label>
      <ToNotice>{words.notice}</ToNotice>
      {problem !== null && (
        <p className="wrong" id={`${id}-error`} role="alert">
          {words[problem]}
        </p>
      )}
    </div>
  );
}

/** Below pages that deal with somebody's data. */
export function NoticeLink(): ReactNode {
  return (
    <p className="soft center">
      <ToNotice>个人信息处理说明</ToNotice>
    </p>
  );
}

function ToNotice({ children }: { children: ReactNode }): ReactNode {
  const { pathname, search } = useLocation();
  return (
    <Link className="text-button" to="/privacy" state={{ from: pathname + search }}>
      {children}
    </Link>
  );
}
