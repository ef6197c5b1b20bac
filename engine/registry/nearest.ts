// The language itself guesses names too, so the function lives there; the engine keeps this address.
export { nearest } from '../../metadata/nearest.ts'
