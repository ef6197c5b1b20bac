import { formatMoney } from './format.ts'
import { useLanguage } from './model-context.tsx'

/** An amount: figures of one width, the currency's sign standing back. */
export function Money({ value, currency }: { readonly value: number | string; readonly currency: string }) {
  const parts = formatMoney(value, currency, useLanguage())
  return (
    <span className="money">
      {parts.minus}
      <span className="sign">{parts.sign}</span>
      {parts.digits}
    </span>
  )
}
