import { createContext, type ReactNode } from 'react'

/** What stands at the end of a phone's bar on each page that leads nowhere back, beside the acts of the page. */
export const PhoneActs = createContext<ReactNode>(null)
