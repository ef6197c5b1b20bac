import { request } from './client.ts'

/** Sets one of the two settings of the brand, in force at once; null takes it away. */
export async function saveBrandSetting(name: 'brand_color' | 'logo', value: string | null): Promise<void> {
  const address = `/api/meta/content/setting/${name}`
  if (value === null) await request(address, { method: 'DELETE' })
  else await request(address, { method: 'PUT', body: { kind: 'setting', name, value } })
}
