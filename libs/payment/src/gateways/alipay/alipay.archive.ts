import { DamagedArchive, readZip } from '@yajin/server';
import { GatewayError } from '../../gateway.js';
import { Malformed } from '../json.js';

/** A day has two to four. */
const MAX_FILES = 16;
/** Two hundred thousand rows, as many as are taken, have some 50 MB. */
const MAX_UNPACKED = 64 * 1024 * 1024;
/** The summary beside the details, and what else there may be, has names of its own. */
const SUMMARY = /汇总/;

/**
 * The details of a bill's archive as text: `<account>_<yyyyMMdd>_业务明细.csv` beside `…_业务明细(汇总).csv`, or `…_账务明细.csv` beside
 * `…_账务汇总.csv`. Names and files are in GBK (names without saying so), of which GB 18030 is the whole:
 * https://developer.aliyun.com/article/707638, docs/gateways/alipay.md.
 * @throws GatewayError `BILL_UNZIP` where it is no whole archive; Malformed where there is not one such file in it
 */
export function detailsIn(archive: Buffer, called: '业务明细' | '账务明细'): string {
  try {
    const entries = readZip(archive, { entries: MAX_FILES, unpacked: MAX_UNPACKED }, 'gb18030');
    const details = entries.filter(({ name }) => name.includes(called) && !SUMMARY.test(name));
    const [entry] = details;
    if (!entry || details.length > 1) throw new Malformed(`账单压缩包中有 ${details.length} 份${called}`);
    return textOf(entry.read());
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error;
    throw new GatewayError('unknown', 'BILL_UNZIP', '账单文件无法解压');
  }
}

/** Who has opened and saved it in between may have made it UTF-8, with its mark at the beginning. */
function textOf(file: Buffer): string {
  const utf8 = file.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  return new TextDecoder(utf8 ? 'utf-8' : 'gb18030').decode(file);
}
