import { schemaProblems } from './check.ts'
import { element } from './element.ts'
import { type FormParts, formParts } from './parts.ts'
import { watchRules } from './rules.ts'
import { send } from './send.ts'
import { type Tell, tellOf } from './texts.ts'
import type { FieldProblem, FormPage } from './types.ts'

/** A wait that is so short is waited for instead of told, seconds. */
const SHORT_WAIT_SECONDS = 8

const query = new URLSearchParams(location.search)
const isPreview = query.has('preview')
const page = JSON.parse(document.getElementById('webform-data')?.textContent ?? '') as FormPage
const tell = tellOf(page)
const root = document.getElementById('webform')!

start()

function start(): void {
  if (query.has('embed')) document.body.classList.add('embedded')
  const heading = element('h1', {}, page.title)
  if (page.closed !== null) root.replaceChildren(heading, element('p', { class: 'closed' }, page.closed))
  else {
    const parts = formParts(page, tell)
    const intro = page.intro === undefined ? [] : [element('p', { class: 'intro' }, page.intro)]
    const note = isPreview ? [element('p', { class: 'preview' }, tell('preview'))] : []
    root.replaceChildren(heading, ...intro, ...note, parts.form)
    run(parts)
  }
  tellHeight()
}

function run(parts: FormParts): void {
  const judge = watchRules(page, parts)
  let isBusy = false
  parts.form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (isBusy) return
    isBusy = true
    setBusy(parts, tell, true)
    submit(parts, judge).finally(() => {
      isBusy = false
      setBusy(parts, tell, false)
    })
  })
}

function setBusy({ button }: FormParts, say: Tell, isBusy: boolean): void {
  button.setAttribute('aria-disabled', String(isBusy))
  button.textContent = isBusy ? say('sending') : (page.submit ?? say('submit'))
}

async function submit(parts: FormParts, judge: ReturnType<typeof watchRules>): Promise<void> {
  const { answers, missing } = judge()
  const consent = parts.consent?.checked === true
  const problems = await checked(answers, missing, consent)
  blame(parts, problems)
  if (problems.length > 0) return
  if (isPreview) return say(parts, tell('checked'))
  try {
    let sent = await send(page, answers, { consent, trap: parts.trap.value })
    if (sent.retryAfter !== undefined && sent.retryAfter <= SHORT_WAIT_SECONDS) {
      await new Promise((resolve) => setTimeout(resolve, sent.retryAfter! * 1000))
      sent = await send(page, answers, { consent, trap: parts.trap.value })
    }
    if (sent.thanks === undefined) blame(parts, sent.problems)
    else thank(sent.thanks)
  } catch {
    say(parts, tell('offline'))
  }
}

async function checked(
  answers: Readonly<Record<string, unknown>>,
  missing: readonly string[],
  consent: boolean,
): Promise<readonly FieldProblem[]> {
  const wanted = missing.map((at) => ({ at, message: tell('missing') }))
  const disagreed =
    page.consent?.required === true && !consent ? [{ at: 'consent', message: tell('agree') }] : []
  // Without the validator the server says the same.
  const wrong = await schemaProblems(page, answers, tell).catch(() => [])
  return [...wanted, ...wrong, ...disagreed]
}

/** Says at each field what is wrong with it, and takes the visitor to the first. */
function blame(parts: FormParts, problems: readonly FieldProblem[]): void {
  const at = (name: string) => problems.find((fault) => fault.at === name)?.message ?? ''
  for (const box of parts.boxes) box.blame(at(box.field.name))
  parts.consentFault.textContent = at('consent')
  parts.consentFault.hidden = at('consent') === ''
  const names = new Set([...parts.boxes.map(({ field }) => field.name), 'consent'])
  const others = problems.filter((fault) => !names.has(fault.at)).map(({ message }) => message)
  const marked = problems.length > others.length ? [tell('faults')] : []
  say(parts, [...others, ...marked].join(' '))
  const first = parts.boxes.find(({ field }) => at(field.name) !== '')
  if (first !== undefined) first.focus()
  else if (at('consent') !== '') parts.consent?.focus()
}

function say({ notice }: FormParts, text: string): void {
  notice.textContent = text
  notice.hidden = text === ''
}

function thank({ text, address }: { readonly text: string; readonly address: string | null }): void {
  const done = element('p', { class: 'thanks', role: 'status', tabindex: '-1' }, text)
  root.replaceChildren(element('h1', {}, page.title), done)
  done.focus()
  // The page around an embedded form is what the visitor looks at.
  if (address !== null) (window.top ?? window).location.href = address
}

/** The page around an embedded form makes room for it. */
function tellHeight(): void {
  if (window.parent === window) return
  const report = () =>
    window.parent.postMessage({ tenonWebform: page.name, height: document.documentElement.scrollHeight }, '*')
  new ResizeObserver(report).observe(document.body)
}
