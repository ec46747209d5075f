/** Everything that can be wrong with a row, in both languages; the words in braces are filled in. */
export const faultCatalogue = {
  WRONG_FIELD_COUNT: {
    message: 'The row has {found} fields, the header {expected}.',
    messageZh: '该行有 {found} 个字段，表头有 {expected} 个。',
  },
  MALFORMED: { message: 'The row cannot be read: {reason}.', messageZh: '该行无法解析：{reasonZh}。' },
  BAD_ENCODING: {
    message: 'The text holds characters that the encoding of the file does not have.',
    messageZh: '文本包含文件编码中不存在的字符。',
  },
  NAMED_TWICE: {
    message: 'The row gives the same column also as {header}.',
    messageZh: '该行另以 {header} 给出了同一列。',
  },
  REQUIRED: { message: 'A value is required.', messageZh: '必填项为空。' },
  NOT_TEXT: { message: 'A text is expected.', messageZh: '应为文本。' },
  TOO_LONG: { message: 'The text is longer than {limit} characters.', messageZh: '文本超过 {limit} 个字符。' },
  NOT_EXACT: {
    message: 'The number has more digits than a JSON number keeps: write it in quotation marks.',
    messageZh: '数字位数超出 JSON 数值精度，末位已失真：请加引号写成文本。',
  },
  SPREADSHEET_NUMBER: {
    message:
      'A spreadsheet has turned a long number into this short form, and its last digits are lost: format the column as text there, enter the number again and export anew.',
    messageZh: '电子表格把长号码变成了科学计数法，末位数字已丢失：请把该列设为文本格式，重新填写后再导出。',
  },
  NOT_A_NUMBER: { message: 'A number is expected.', messageZh: '应为数字。' },
  OUT_OF_RANGE: {
    message: 'The number is too large or has too many decimal places.',
    messageZh: '数字过大或小数位过多。',
  },
  NOT_A_BOOLEAN: {
    message: 'Yes or no is expected (true/false, 1/0, 是/否).',
    messageZh: '应为是或否（true/false、1/0、是/否）。',
  },
  NOT_A_DATE: { message: 'A date is expected, such as 2024-03-31.', messageZh: '应为日期，例如 2024-03-31。' },
  EXCEL_DAY_NUMBER: {
    message: 'A date is expected, this looks like the day number of a spreadsheet: format the column as text or date.',
    messageZh: '应为日期，此值像是电子表格的日期序号：请把该列设为日期或文本格式。',
  },
  NOT_AN_INSTANT: {
    message: 'A date and time is expected, such as 2024-03-31 08:30.',
    messageZh: '应为日期时间，例如 2024-03-31 08:30。',
  },
  NOT_JSON: { message: 'A JSON value is expected.', messageZh: '应为 JSON 值。' },
  NOT_A_LIST: { message: 'A list is expected, its items separated by ; .', messageZh: '应为列表，各项以分号分隔。' },
  NOT_IN_VALUE_SET: { message: 'The code is not in {set}.', messageZh: '代码不属于 {set}。' },
  CHECK_FAILED: {
    message: 'Not a valid {name}: its form or check digit is wrong.',
    messageZh: '{nameZh}无效：格式或校验位错误。',
  },
  SYNTHETIC: {
    message: "A generated {name} (prefix 99), no real person's: taken only where the demo runs (HUTONG_DEMO=1).",
    messageZh: '演示生成的{nameZh}（99 开头），非真实人员：仅演示模式（HUTONG_DEMO=1）可导入。',
  },
  INCONSISTENT: { message: '{reason}', messageZh: '{reasonZh}' },
  REFERENCE_NOT_FOUND: {
    message: 'The table {table} has no row with this key.',
    messageZh: '表 {table} 中没有该标识。',
  },
  DUPLICATE_KEY: {
    message: 'The same key stands already in line {line} of this file.',
    messageZh: '本文件第 {line} 行已有相同的主键。',
  },
  ID_DIFFERS: {
    message: 'The row with this key has another identifier already: {id}.',
    messageZh: '具有该主键的记录已有其他标识：{id}。',
  },
  REFUSED_BY_DATABASE: { message: 'The database refuses the row: {reason}.', messageZh: '数据库拒绝该行：{reason}。' },
} as const;

/** Code of a fault. */
export type FaultCode = keyof typeof faultCatalogue;

/** One fault of one value. */
export interface Fault {
  readonly column: string;
  readonly value: string;
  readonly code: FaultCode;
  readonly message: string;
  readonly messageZh: string;
}

/** A fault with its messages filled in. */
export function fault(
  code: FaultCode,
  column: string,
  value: string,
  words: Readonly<Record<string, string | number>> = {},
): Fault {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, word: string) => String(words[word] ?? ''));
  const { message, messageZh } = faultCatalogue[code];
  return { column, value, code, message: fill(message), messageZh: fill(messageZh) };
}

/** An import that cannot even begin: the file or its header is not what the target needs. */
export class ImportRefused extends Error {
  readonly messageZh: string;

  constructor(message: string, messageZh: string) {
    super(message);
    this.name = 'ImportRefused';
    this.messageZh = messageZh;
  }
}
