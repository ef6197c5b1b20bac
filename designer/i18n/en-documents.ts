/** Words of documents. */
export const documentsEn = {
  'documents.failed': 'The PDF could not be made',
  'documents.logo': 'The logo of the workspace',
  'documents.pdf': 'Save the PDF',
} as const
