/**
 * What looks like a phone number in a text: with a plus and at least eight digits, a Chinese mobile number, a number
 * with its area code. Dates, amounts and order numbers do not. Written for PostgreSQL's regular expressions.
 */
export const PHONE_NUMBER = [
  String.raw`\+\d[\d ().-]{6,}\d`,
  String.raw`(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)`,
  String.raw`(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)`,
  String.raw`\(0?\d{2,4}\) ?\d{3,4}[ -]?\d{4}(?!\d)`,
].join('|')
