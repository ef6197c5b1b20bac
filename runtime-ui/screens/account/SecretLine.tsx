import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import './account.css'

/** Something that is shown once: to be copied now. */
export function SecretLine({ label, secret }: { readonly label: string; readonly secret: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    // Without the right to the clipboard (plain HTTP), the text stands there to be marked by hand.
    await navigator.clipboard?.writeText(secret).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return (
    <div className="account-narrow">
      <p className="secret-line mono" aria-label={label} role="note">
        {secret}
      </p>
      <span className="row">
        <Button icon={<Icon name={copied ? 'check' : 'link'} />} onClick={() => void copy()}>
          {t(copied ? 'secret.copied' : 'secret.copy')}
        </Button>
      </span>
    </div>
  )
}
