import { createContext, useContext } from 'react'

/**
 * Whether records are a sample of how they are shown, such as in the designer: nothing in them can be pressed or reached by
 * keys, while heads and tools around them can.
 */
export const Still = createContext(false)

export const useIsSample = (): boolean => useContext(Still)
