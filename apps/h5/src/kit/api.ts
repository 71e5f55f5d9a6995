import { Client, type CallOptions, type Input, type OperationName, type Output } from '@yajin/web';

const anybody = new Client();

/** Asks the API for what everybody may know. @throws as the client's `call` */
export function ask<Name extends OperationName>(
  name: Name,
  input: Input<Name>,
  options?: CallOptions,
): Promise<Output<Name>> {
  return anybody.call(name, input, options);
}

/** Asks with the ticket of one order. @throws as the client's `call` */
export function askWith<Name extends OperationName>(
  ticket: string,
  name: Name,
  input: Input<Name>,
  options?: CallOptions,
): Promise<Output<Name>> {
  const holder = new Client({ headers: () => ({ 'x-access-token': ticket }) });
  return holder.call(name, input, options);
}
