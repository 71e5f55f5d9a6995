import { Alert, App, Button, Card, Flex, Form, type FormInstance } from 'antd';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, type Camp } from '@yajin/web';
import { useIdempotencyKey } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { useAskBeforeLeaving } from '../../kit/leave.js';
import { useMay } from '../../kit/session.js';
import { useSaid, type Said } from '../../kit/said.js';
import { useWords } from '../../kit/text.js';
import { CampFields } from './camp-fields.js';
import { formWords as text } from './form-words.js';
import { Preview } from './preview.js';
import { changesOf, draftOf, EMPTY, valuesOf, type CampValues } from './values.js';

/** The form of a new camp, or of one that is there. */
export function CampEditor({ camp }: { camp: Camp.CampDetail | null }): ReactNode {
  const t = useWords(text);
  const [form] = Form.useForm<CampValues>();
  // What was there when the form was opened: what comes in meanwhile must not overwrite what is being typed.
  const [opened] = useState(camp);
  const [initial] = useState(() => (camp ? valuesOf(camp) : EMPTY));
  const saved = useRef(false);
  const changed = useCallback(
    () =>
      !saved.current &&
      JSON.stringify({ ...initial, ...form.getFieldsValue(true) }) !== JSON.stringify(initial),
    [form, initial],
  );
  useAskBeforeLeaving(changed);
  const leave = useNavigate();
  const { save, saving, done, error } = useSaving({ opened, initial, saved: () => (saved.current = true) });
  const values = Form.useWatch((all: CampValues) => all, { form, preserve: true });
  const back = opened ? `/camps/${opened.id}` : '/camps';
  return (
    <Flex gap={16} wrap="wrap" align="start">
      <Form<CampValues>
        form={form}
        layout="vertical"
        initialValues={initial}
        disabled={saving}
        scrollToFirstError={{ behavior: 'smooth', block: 'center' }}
        onFinish={() =>
          save({ ...initial, ...(form.getFieldsValue(true) as CampValues) }, (fields) => {
            form.setFields(fields);
            if (fields[0]) form.scrollToField(fields[0].name, { block: 'center' });
          })
        }
        style={{ flex: '1 1 480px', minWidth: 0, maxWidth: 820 }}
      >
        {camp && opened && camp.updatedAt !== opened.updatedAt && !done && !saving && (
          <Alert type="warning" showIcon title={t.changedElsewhere} style={{ marginBottom: 16 }} />
        )}
        <CampFields
          locked={opened !== null && opened.status !== 'draft'}
          staff={opened ?? { coaches: [], volunteers: [] }}
        />
        <Flex vertical gap={12}>
          {error instanceof ApiError && error.code === 400 ? (
            <Alert type="error" showIcon role="alert" title={t.mend} />
          ) : (
            <Refusal error={error} />
          )}
          <Flex gap={8}>
            {/* No button that Enter presses: in a date or a number it means that field, and would save and leave. */}
            <Button type="primary" loading={saving} onClick={form.submit}>
              {opened && opened.status !== 'draft' ? t.save : t.saveDraft}
            </Button>
            <Button onClick={() => void leave(back)}>{t.cancel}</Button>
          </Flex>
        </Flex>
      </Form>
      <Card size="small" title={t.preview} className="aside" style={{ position: 'sticky', top: 72 }}>
        <Preview values={{ ...initial, ...values }} camp={camp} />
      </Card>
    </Flex>
  );
}

type FieldErrors = Parameters<FormInstance<CampValues>['setFields']>[0];

function useSaving({
  opened,
  initial,
  saved,
}: {
  opened: Camp.CampDetail | null;
  initial: CampValues;
  saved: () => void;
}): {
  save: (values: CampValues, mark: (fields: FieldErrors) => void) => void;
  saving: boolean;
  /** The server has it. */
  done: boolean;
  error: Error | null;
} {
  const t = useWords(text);
  const { message } = App.useApp();
  const leave = useNavigate();
  const withStaff = useMay()('system:users');
  const keyOf = useIdempotencyKey();
  const say = useSaid();
  const create = useApiMutation('createCampDraft', { invalidates: ['listCamps'] });
  const redraft = useApiMutation('updateCampDraft', { invalidates: ['listCamps', 'getCamp'] });
  const update = useApiMutation('updateCamp', { invalidates: ['listCamps', 'getCamp'] });
  const save = (values: CampValues, mark: (fields: FieldErrors) => void): void => {
    const done = (id: number, said: string): void => {
      saved();
      void message.success(said);
      void leave(`/camps/${id}`);
    };
    const onError = (error: Error): void => mark(marked(error, say));
    if (!opened) {
      const body = draftOf(values, withStaff);
      create.mutate(
        { body, idempotencyKey: keyOf(body) },
        { onSuccess: ({ id }) => done(id, t.created), onError },
      );
      return;
    }
    const body = changesOf(initial, values, withStaff);
    if (Object.keys(body).length === 0) return done(opened.id, t.unchanged);
    if (opened.status === 'draft') {
      redraft.mutate(
        { path: { id: opened.id }, body: draftOf(values, withStaff) },
        { onSuccess: () => done(opened.id, t.created), onError },
      );
      return;
    }
    update.mutate(
      { path: { id: opened.id }, body },
      { onSuccess: () => done(opened.id, t.updated), onError },
    );
  };
  return {
    save,
    saving: create.isPending || redraft.isPending || update.isPending,
    done: create.isSuccess || redraft.isSuccess || update.isSuccess,
    error: create.error ?? redraft.error ?? update.error,
  };
}

/** The server's field errors, as the form shows them: `rules.3` is the fourth of the rules. */
function marked(error: Error, say: (said: Said) => string): FieldErrors {
  if (!(error instanceof ApiError)) return [];
  return error.fields
    .filter(({ field }) => (field.split('.')[0] ?? '') in EMPTY)
    .map(({ field, ...said }) => {
      const [name, index] = field.split('.');
      const at = name as keyof CampValues;
      return { name: at === 'rules' && index ? [at, Number(index)] : at, errors: [say(said)] };
    });
}
