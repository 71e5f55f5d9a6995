import { useState, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { Card, Page } from '../kit/page.js';
import { Shown } from '../kit/states.js';
import { chooseLanguage, noticeLanguage, useNotice, type Language } from './consent.js';

/** The privacy notice, in either language: the one it was read in is the one that is agreed to. */
export default function Privacy(): ReactNode {
  const [language, setLanguage] = useState(noticeLanguage);
  const { state } = useLocation() as { state: { from?: string } | null };
  const query = useNotice(language);
  const choose = (chosen: Language): void => {
    chooseLanguage(chosen);
    setLanguage(chosen);
  };
  return (
    <Page title={language === 'zh' ? '个人信息处理说明' : 'Privacy notice'} back={state?.from ?? '/'}>
      <Shown query={query}>
        {({ version, sections }) => (
          <>
            <p className="soft notice-head">
              <span>{language === 'zh' ? `${version} 版` : `Version ${version}`}</span>
              <button
                type="button"
                className="text-button"
                lang={language === 'zh' ? 'en' : 'zh'}
                onClick={() => choose(language === 'zh' ? 'en' : 'zh')}
              >
                {language === 'zh' ? 'English' : '中文'}
              </button>
            </p>
            <div className="stack" lang={language}>
              {sections.map(({ title, paragraphs }) => (
                <Card key={title} title={title}>
                  {paragraphs.map((paragraph) => (
                    <p key={paragraph}>{paragraph}</p>
                  ))}
                </Card>
              ))}
            </div>
          </>
        )}
      </Shown>
    </Page>
  );
}
