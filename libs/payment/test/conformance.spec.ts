import { conformance } from './conformance.js';
import { GATEWAYS, openGateway } from './gateways.kit.js';

for (const name of GATEWAYS) conformance(name, () => openGateway(name));
