import { useBrand } from './brand.ts'

/** The logo of the workspace; without one the mark of Tenon: a dovetail in its socket. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  const { logo } = useBrand()
  if (logo !== null) return <img className="mark own-mark" height={size} src={logo} alt="" />
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--brand)" />
      <path d="M5 5.5h14v4.6h-4.4l1.5 4.4H7.9l1.5-4.4H5z" fill="var(--on-brand)" />
      <path d="M5 11.8h2.7L6.2 16.2h11.6l-1.5-4.4H19v6.7H5z" fill="var(--on-brand)" opacity=".5" />
    </svg>
  )
}
