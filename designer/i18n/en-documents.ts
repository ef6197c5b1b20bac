/** Words of documents. */
export const documentsEn = {
  'documents.failed': 'The PDF could not be made',
  'documents.pdf': 'Save the PDF',
} as const
