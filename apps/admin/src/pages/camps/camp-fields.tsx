import { Alert, Card, Col, DatePicker, Form, Input, InputNumber, Row, Typography } from 'antd';
import { businessDate } from '@yajin/core';
import dayjs, { type Dayjs } from 'dayjs';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useWords } from '../../kit/text.js';
import { formWords as text } from './form-words.js';
import { ImageField } from './image-field.js';
import { ProjectFields } from './planet-project.js';
import { RulesField } from './rules-field.js';
import { StaffFields } from './staff-fields.js';
import { MAX_DEPOSIT, MIN_DEPOSIT, totalDays, type CampValues } from './values.js';

interface FieldsProps {
  /** Whether what members have paid for is fixed. */
  locked: boolean;
  staff: Pick<Camp.CampDetail, 'coaches' | 'volunteers'>;
}

/** Every field of a camp, by what belongs together. */
export function CampFields({ locked, staff }: FieldsProps): ReactNode {
  const t = useWords(text);
  // A draft may lack anything: what it lacks is said where it is published.
  const needed = locked
    ? { rules: [{ required: true, whitespace: true, message: t.needed }] }
    : { required: true };
  return (
    <>
      <Section title={t.basics}>
        <Form.Item name="name" label={t.name} {...needed}>
          <Input maxLength={100} showCount placeholder={t.nameExample} />
        </Form.Item>
        <Form.Item name="description" label={t.description} extra={t.descriptionHint}>
          <Input.TextArea maxLength={5000} showCount autoSize={{ minRows: 3, maxRows: 12 }} />
        </Form.Item>
        <Row gutter={16}>
          <Col xs={24} sm={12}>
            <Form.Item name="posterUrl" label={t.poster} {...needed}>
              <ImageField label={t.poster} use="poster" />
            </Form.Item>
          </Col>
          <Col xs={24} sm={12}>
            <Form.Item name="groupQrcodeUrl" label={t.groupQrcode} extra={t.groupQrcodeHint} {...needed}>
              <ImageField label={t.groupQrcode} use="groupQrcode" />
            </Form.Item>
          </Col>
        </Row>
      </Section>
      <Section title={t.terms}>
        {locked && <Alert type="info" showIcon title={t.locked} style={{ marginBottom: 16 }} />}
        <Terms locked={locked} />
      </Section>
      <Section title={t.planet}>
        <ProjectFields locked={locked} />
      </Section>
      <Section title={t.rules} hint={t.rulesHint}>
        <RulesField draft={!locked} />
      </Section>
      <Section title={t.staff}>
        <StaffFields staff={staff} />
      </Section>
    </>
  );
}

function Section({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <Card
      size="small"
      title={<h2 style={{ font: 'inherit', margin: 0 }}>{title}</h2>}
      style={{ marginBottom: 16 }}
    >
      {hint && <Typography.Paragraph type="secondary">{hint}</Typography.Paragraph>}
      {children}
    </Card>
  );
}

const asDate = {
  getValueProps: (date: string) => ({ value: date ? dayjs(date) : null }),
  normalize: (date: Dayjs | null) => date?.format('YYYY-MM-DD') ?? '',
};

function Terms({ locked }: { locked: boolean }): ReactNode {
  const form = Form.useFormInstance<CampValues>();
  const startDate = Form.useWatch('startDate', form) ?? '';
  const endDate = Form.useWatch('endDate', form) ?? '';
  const days = totalDays({ startDate, endDate });
  return (
    <Row gutter={16}>
      <Dates locked={locked} startDate={startDate} endDate={endDate} days={days} />
      <Goal locked={locked} days={days} />
    </Row>
  );
}

function Dates({
  locked,
  startDate,
  endDate,
  days,
}: {
  locked: boolean;
  startDate: string;
  endDate: string;
  days: number;
}): ReactNode {
  const t = useWords(text);
  const today = businessDate(new Date());
  return (
    <>
      <Col xs={24} sm={12}>
        <Form.Item name="startDate" label={t.startDate} required extra={t.startHint} {...asDate}>
          <DatePicker
            style={{ width: '100%' }}
            disabled={locked}
            disabledDate={(day) => day.format('YYYY-MM-DD') <= today}
          />
        </Form.Item>
      </Col>
      <Col xs={24} sm={12}>
        <Form.Item
          name="endDate"
          label={t.endDate}
          dependencies={['startDate']}
          extra={days > 0 ? t.total(days, dayjs(endDate).subtract(1, 'day').format('YYYY-MM-DD')) : t.endHint}
          required
          rules={[
            {
              validator: (_, end: string) =>
                end && startDate && end <= startDate
                  ? Promise.reject(new Error(t.endFirst))
                  : Promise.resolve(),
            },
          ]}
          {...asDate}
        >
          <DatePicker
            style={{ width: '100%' }}
            disabled={locked}
            disabledDate={(day) => day.format('YYYY-MM-DD') <= (startDate || today)}
          />
        </Form.Item>
      </Col>
    </>
  );
}

function Goal({ locked, days }: { locked: boolean; days: number }): ReactNode {
  const t = useWords(text);
  return (
    <>
      <Col xs={24} sm={12}>
        <Form.Item
          name="requiredDays"
          label={t.requiredDays}
          dependencies={['startDate', 'endDate']}
          extra={t.requiredHint}
          required
          rules={[
            {
              validator: (_, required: number | null) =>
                required && days > 0 && required > days
                  ? Promise.reject(new Error(t.tooMany(days)))
                  : Promise.resolve(),
            },
          ]}
        >
          <InputNumber
            min={1}
            max={3660}
            precision={0}
            suffix={t.day}
            disabled={locked}
            style={{ width: '100%' }}
          />
        </Form.Item>
      </Col>
      <Col xs={24} sm={12}>
        <Form.Item name="deposit" label={t.deposit} required extra={t.depositHint}>
          <InputNumber
            min={MIN_DEPOSIT}
            max={MAX_DEPOSIT}
            precision={2}
            prefix="¥"
            disabled={locked}
            style={{ width: '100%' }}
          />
        </Form.Item>
      </Col>
    </>
  );
}
