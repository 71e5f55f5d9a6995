import 'reflect-metadata';
import { campDocument } from '@yajin/contract';
import { operations } from '@yajin/contract/testing';
import { getMetadataStorage } from 'class-validator';
import { CreateCampDto, CreatePersonalLinksDto, UpdateCampDto } from '../src/lines/camp/camp/camp.dto.js';
import { BindPaymentDto, CreatePaymentDto, WechatSignInDto } from '../src/lines/camp/h5/h5.dto.js';
import { ApproveRefundDto, BatchApproveDto, RejectRefundDto } from '../src/lines/camp/refund/refund.dto.js';
import { ChangePasswordDto, LoginDto } from '../src/system/auth.dto.js';
import { TestConfigDto, UpdateConfigDto } from '../src/system/settings.controller.js';
import { CreateUserDto, UpdateUserDto } from '../src/system/user.dto.js';

type Class = new () => object;

/** Which class reads the body of which operation. */
const BODIES: Record<string, Class> = {
  login: LoginDto,
  changePassword: ChangePasswordDto,
  createUser: CreateUserDto,
  updateUser: UpdateUserDto,
  updateConfig: UpdateConfigDto,
  testConfig: TestConfigDto,
  createCamp: CreateCampDto,
  updateCamp: UpdateCampDto,
  createPersonalLinks: CreatePersonalLinksDto,
  signInWithWechat: WechatSignInDto,
  createPayment: CreatePaymentDto,
  bindPayment: BindPaymentDto,
  approveRefund: ApproveRefundDto,
  rejectRefund: RejectRefundDto,
  batchApproveRefunds: BatchApproveDto,
};

function fieldsOf(dto: Class): string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false);
  return [...new Set(metadata.map((entry) => entry.propertyName))].sort();
}

interface ObjectSchema {
  $ref?: string;
  properties?: Record<string, unknown>;
}

function schemaOf(operationId: string): ObjectSchema {
  const operation = operations(campDocument).find((found) => found.operationId === operationId);
  const schema = (operation as { requestBody?: ObjectSchema } | undefined)?.requestBody;
  if (!schema) throw new Error(`${operationId} has no body in the document`);
  const name = schema.$ref?.split('/').at(-1);
  const schemas = (campDocument as unknown as { components: { schemas: Record<string, ObjectSchema> } })
    .components.schemas;
  return name ? (schemas[name] ?? {}) : schema;
}

it.each(Object.entries(BODIES))('%s reads exactly the fields that the document names', (operationId, dto) => {
  expect(fieldsOf(dto)).toEqual(Object.keys(schemaOf(operationId).properties ?? {}).sort());
});
