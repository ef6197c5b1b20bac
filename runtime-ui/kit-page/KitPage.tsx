import { Input, Select, Switch } from 'antd'
import type { ReactNode } from 'react'
import { Avatar } from '../kit/Avatar.tsx'
import { Button, IconButton } from '../kit/Button.tsx'
import { Chip } from '../kit/Chip.tsx'
import { FaultNote } from '../kit/FaultNote.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { ICON_PATHS, type IconName } from '../kit/icons/paths.ts'
import { Joinery } from '../kit/Joinery.tsx'
import { LoadingRows } from '../kit/Loading.tsx'
import { Mark } from '../kit/Mark.tsx'
import { Money } from '../kit/Money.tsx'
import { setPreferences } from '../kit/preferences.ts'
import { ScopeMark } from '../kit/ScopeMark.tsx'
import { StageMark } from '../kit/StageMark.tsx'
import { StagePath } from '../kit/StagePath.tsx'
import { StandingMark } from '../kit/StandingMark.tsx'
import { State } from '../kit/State.tsx'
import { ToastPlace, toast } from '../kit/toast.tsx'
import { STAGES, TINTS, TOKEN_GROUPS } from './samples.ts'
import './kit-page.css'

/**
 * All parts of the kit in their states, at /kit while developing; the build does not hold it. It is for who builds the
 * pages, so its own words are plain English.
 */
export function KitPage() {
  return (
    <main className="kit-page" id="main">
      <header className="row">
        <Mark />
        <h1 className="h2">Kit</h1>
        {(['light', 'dark'] as const).map((theme) => (
          <Button key={theme} onClick={() => setPreferences({ theme })}>
            {theme}
          </Button>
        ))}
      </header>
      <Part title="Tokens">
        {TOKEN_GROUPS.map((group) => (
          <div key={group[0]} className="kit-tokens">
            {group.map((name) => (
              <span key={name} className="kit-token t12">
                <i style={{ background: `var(--${name})` }} />
                {name}
              </span>
            ))}
          </div>
        ))}
      </Part>
      <Part title="Buttons">
        <Button type="primary">Primary</Button>
        <Button>Default</Button>
        <Button type="text">Text</Button>
        <Button danger>Danger</Button>
        <Button disabled>Disabled</Button>
        <Button type="primary" aria-busy>
          Busy
        </Button>
        <IconButton label="More" icon={<Icon name="more" />} />
      </Part>
      <Part title="Fields">
        <Input aria-label="Text" placeholder="Placeholder" className="kit-field" />
        <Input aria-label="Fault" status="error" defaultValue="Fault" className="kit-field" />
        <Input aria-label="Disabled" disabled defaultValue="Disabled" className="kit-field" />
        <Select
          aria-label="Choice"
          className="kit-field"
          defaultValue="one"
          options={['one', 'two'].map((value) => ({ value }))}
        />
        <Switch aria-label="Switch" defaultChecked />
      </Part>
      <Part title="Chips, marks, money">
        {TINTS.map((tint) => (
          <Chip key={tint} colour={tint}>
            {tint}
          </Chip>
        ))}
        <Chip ruled>ruled</Chip>
        <StandingMark standing="active" until={null} />
        <StandingMark standing="invited" until={null} />
        {([0, 1, 2, 3, 4, 'rule'] as const).map((steps) => (
          <ScopeMark key={steps} steps={steps} />
        ))}
        <Money value={1286000} currency="CNY" />
        <Money value={-12.5} currency="EUR" />
      </Part>
      <Part title="Avatars">
        {(['small', 'medium', 'big'] as const).map((size) => (
          <span key={size} className="row">
            <Avatar name="林晓岚" person size={size} />
            <Avatar name="Ironbridge Precision" size={size} />
          </span>
        ))}
      </Part>
      <Part title="Stages" wide>
        {[null, ...STAGES.map(({ name }) => name)].map((name) => (
          <StagePath key={name ?? 'none'} stages={STAGES} current={name} onMove={() => undefined} />
        ))}
        <span className="row">
          {STAGES.map(({ name }) => (
            <StageMark key={name} stages={STAGES} name={name} />
          ))}
        </span>
      </Part>
      <Part title="States" wide>
        <State joint="empty" title="Nothing yet" text="What it is for, and the two ways to begin." />
        <State
          joint="empty"
          title="It failed"
          text="What is safe, what to do."
          code="SOMETHING_FAILED"
          alert
        />
        <FaultNote id="kit-fault" fault="What went wrong, and the way out." />
        <LoadingRows rows={3} />
      </Part>
      <Part title="Toasts">
        <Button onClick={() => toast({ text: 'Done', undo: async () => undefined })}>With undo</Button>
        <Button onClick={() => toast({ kind: 'problem', text: 'It did not work' })}>A problem</Button>
      </Part>
      <Part title="Icons">
        {(Object.keys(ICON_PATHS) as IconName[]).map((name) => (
          <span key={name} className="kit-icon t12">
            <Icon name={name} />
            {name}
          </span>
        ))}
      </Part>
      <Part title="The joint">
        <Joinery />
      </Part>
      <ToastPlace />
    </main>
  )
}

function Part({
  title,
  wide = false,
  children,
}: {
  readonly title: string
  readonly wide?: boolean
  readonly children: ReactNode
}) {
  return (
    <section className="kit-part" aria-label={title}>
      <h2 className="h3">{title}</h2>
      <div className={wide ? 'kit-column' : 'kit-row'}>{children}</div>
    </section>
  )
}
