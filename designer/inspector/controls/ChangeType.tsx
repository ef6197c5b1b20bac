import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { listConversions } from '../../api.ts'
import { isObject, type Json, type Path } from '../../store/json-value.ts'
import { useInspected } from '../inspected.ts'
import { type Schema, variantsOf } from '../schema.ts'
import { asType } from './as-type.ts'

const FieldGallery = lazy(async () => ({ default: (await import('./FieldGallery.tsx')).FieldGallery }))

interface ChangeTypeProps {
  readonly path: Path
  readonly field: Json
  readonly title: string
  /** The schema of a field, whatever its type. */
  readonly item: Schema
}

/**
 * Gives a field another type. One in force may become what its values can be read as, each with what that means for them;
 * one that is new may become anything.
 */
export function ChangeType({ path, field, title, item }: ChangeTypeProps) {
  const { t } = useTranslation()
  const { root, inForce, set } = useInspected()
  const [isOpen, setIsOpen] = useState(false)
  const conversions = useQuery({
    queryKey: ['meta', 'conversions'],
    queryFn: listConversions,
    enabled: isOpen,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const before = typeInForce(inForce, field.id)
  const becomes = before === undefined ? undefined : conversions.data?.[before]
  const types = variantsOf(root, item)
  const variants = types.filter(
    ({ value }) =>
      value !== field.type && (before === undefined || value === before || becomes?.[value] !== undefined),
  )
  const choose = (type: string): void => {
    const schemaOf = (name: unknown): Schema | undefined => types.find(({ value }) => value === name)?.schema
    setIsOpen(false)
    set(path, asType(field, type, schemaOf(field.type), schemaOf(type)))
  }
  return (
    <>
      <Button
        type="text"
        size="small"
        aria-label={t('fields.changeType', { title })}
        icon={<Icon name="refresh" />}
        onClick={() => setIsOpen(true)}
      >
        <span className="no-phone">{t('fields.changeTypeOf')}</span>
      </Button>
      {isOpen && (before === undefined || conversions.isSuccess) ? (
        <Suspense fallback={null}>
          <FieldGallery
            title={t('fields.changeType', { title })}
            variants={variants}
            becomes={becomes}
            onChoose={choose}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  )
}

/** The type that a field has in force; undefined for one that is new. */
function typeInForce(inForce: Json | undefined, id: unknown): string | undefined {
  const fields = Array.isArray(inForce?.fields) ? (inForce.fields as readonly unknown[]) : []
  const found = fields.find((one) => isObject(one) && id !== undefined && one.id === id)
  return isObject(found) && typeof found.type === 'string' ? found.type : undefined
}
