import { given, type GatewayDescriptor } from '../descriptor.js';
import { bankCardGateway, NUMBER_LENGTH, SCENES } from './index.js';

export const bankCard: GatewayDescriptor = {
  name: 'bank-card',
  label: '银行卡',
  scenes: SCENES,
  numberLength: NUMBER_LENGTH,
  can: [],
  variables: {
    BANK_CARD_API_BASE: ['', 'address of the acquirer, or of a bridge to one'],
    BANK_CARD_MERCHANT: ['', 'the merchant'],
    BANK_CARD_KEY: ['', 'what requests and notifications are signed with; 32 characters'],
  },

  read(reader) {
    if (!given(reader, 'BANK_CARD_API_BASE', 'BANK_CARD_MERCHANT', 'BANK_CARD_KEY')) return null;
    const config = {
      apiBase: reader.url('BANK_CARD_API_BASE'),
      merchant: reader.required('BANK_CARD_MERCHANT'),
      key: reader.secret('BANK_CARD_KEY', 32),
    };
    return { addresses: [config.apiBase], open: () => bankCardGateway(config) };
  },
};
