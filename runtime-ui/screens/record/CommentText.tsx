import type { Mention } from '../../api/records.ts'
import { useWork } from '../../kit/model-context.tsx'
import { textParts } from './mentions.ts'

interface CommentTextProps {
  readonly text: string
  readonly mentions: readonly Mention[]
}

/** What somebody said, with those whom they mention marked, oneself above all. Text alone, whatever it says. */
export function CommentText({ text, mentions }: CommentTextProps) {
  const { me } = useWork()
  return (
    <p className="event-text">
      {textParts(text, mentions).map((part) =>
        part.person === undefined ? (
          part.text
        ) : (
          <span key={part.at} className={part.person === me.user.id ? 'mention me' : 'mention'}>
            {part.text}
          </span>
        ),
      )}
    </p>
  )
}
