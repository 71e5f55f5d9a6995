import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    rule: (n: number) => `规则 ${n}`,
    example: '如：每天 6:00 前完成打卡',
    add: '添加规则',
    up: (n: number) => `上移规则 ${n}`,
    down: (n: number) => `下移规则 ${n}`,
    remove: (n: number) => `删除规则 ${n}`,
    empty: '写下内容，或删除这一条',
  },
  {
    rule: (n: number) => `Rule ${n}`,
    example: 'Such as: check in before 6:00',
    add: 'Add a rule',
    up: (n: number) => `Move rule ${n} up`,
    down: (n: number) => `Move rule ${n} down`,
    remove: (n: number) => `Remove rule ${n}`,
    empty: 'Say something, or remove it',
  },
);

const MOST = 50;

/** The camp's rules, in the order in which members read them. */
export function RulesField({ draft }: { draft: boolean }): ReactNode {
  const t = useWords(text);
  return (
    <Form.List name="rules">
      {(fields, { add, remove, move }) => (
        <Flex vertical gap={8}>
          {fields.map(({ key, name }) => (
            <Flex key={key} gap={4} align="start">
              <Form.Item
                name={name}
                rules={draft ? [] : [{ required: true, whitespace: true, message: t.empty }]}
                style={{ flex: 1, margin: 0, minWidth: 0 }}
              >
                <Input placeholder={t.example} aria-label={t.rule(name + 1)} maxLength={200} />
              </Form.Item>
              <Button
                type="text"
                icon={<ArrowUpOutlined />}
                aria-label={t.up(name + 1)}
                disabled={name === 0}
                onClick={() => move(name, name - 1)}
              />
              <Button
                type="text"
                icon={<ArrowDownOutlined />}
                aria-label={t.down(name + 1)}
                disabled={name === fields.length - 1}
                onClick={() => move(name, name + 1)}
              />
              <Button
                type="text"
                danger
                icon={<DeleteOutlined />}
                aria-label={t.remove(name + 1)}
                onClick={() => remove(name)}
              />
            </Flex>
          ))}
          <Button
            type="dashed"
            icon={<PlusOutlined />}
            disabled={fields.length >= MOST}
            onClick={() => add('')}
          >
            {t.add}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}
