/** A tenon above its mortise: the picture of the sign-in page. */
export function Joinery() {
  return (
    <svg
      className="joinery"
      viewBox="70 -60 520 640"
      fill="none"
      stroke="var(--al)"
      strokeWidth="1.5"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M187.1 202.5L550.8 412.5L472.9 457.5L109.2 247.5Z" fill="var(--a1)" />
      <path d="M109.2 327.5L472.9 537.5L472.9 457.5L109.2 247.5Z" fill="var(--a2)" />
      <path d="M550.8 492.5L472.9 537.5L472.9 457.5L550.8 412.5Z" fill="var(--a3)" />
      <clipPath id="hole">
        <path d="M310.9 299.0L383.7 341.0L349.1 361.0L276.3 319.0Z" />
      </clipPath>
      <g clipPath="url(#hole)">
        <path d="M310.9 359.0L383.7 401.0L349.1 421.0L276.3 379.0Z" fill="var(--brand-8)" />
        <path d="M310.9 299.0L383.7 341.0L383.7 401.0L310.9 359.0Z" fill="var(--brand-6)" />
        <path d="M310.9 299.0L276.3 319.0L276.3 379.0L310.9 359.0Z" fill="var(--brand-8)" />
      </g>
      <path d="M310.9 299.0L383.7 341.0L349.1 361.0L276.3 319.0Z" fill="none" />
      <path d="M117.83 270.5L394.95 430.5" opacity=".28" />
      <path d="M143.81 307.5L342.99 422.5" opacity=".28" />
      <path d="M169.79 344.5L291.03 414.5" opacity=".28" />
      <path d="M276.30 313L276.30 241" strokeDasharray="3 5" fill="none" opacity=".55" />
      <path d="M349.05 355L349.05 283" strokeDasharray="3 5" fill="none" opacity=".55" />
      <path d="M383.69 335L383.69 263" strokeDasharray="3 5" fill="none" opacity=".55" />
      <path d="M310.9 153.0L383.7 195.0L349.1 215.0L276.3 173.0Z" fill="var(--a1)" />
      <path d="M276.3 235.0L349.1 277.0L349.1 215.0L276.3 173.0Z" fill="var(--b2)" />
      <path d="M383.7 257.0L349.1 277.0L349.1 215.0L383.7 195.0Z" fill="var(--b3)" />
      <path d="M318.7 -37.5L419.2 20.5L341.3 65.5L240.8 7.5Z" fill="var(--b1)" />
      <path d="M240.8 177.5L341.3 235.5L341.3 65.5L240.8 7.5Z" fill="var(--b2)" />
      <path d="M419.2 190.5L341.3 235.5L341.3 65.5L419.2 20.5Z" fill="var(--b3)" />
      <path d="M259.85 170.5L259.85 38.5" stroke="var(--on-brand)" opacity=".22" />
      <path d="M289.29 173.5L289.29 81.5" stroke="var(--on-brand)" opacity=".22" />
      <path d="M318.74 176.5L318.74 124.5" stroke="var(--on-brand)" opacity=".22" />
    </svg>
  )
}
