import { expect } from 'chai'
import { signedUrl } from '../aliyun-signature.ts'

describe('the signature of Alibaba Cloud', () => {
  it('is that of the example in its documents', () => {
    // help.aliyun.com/document_detail/101343.html: the signature of SendSms with these values.
    const url = signedUrl(
      'http://dysmsapi.aliyuncs.com',
      {
        ...{ Action: 'SendSms', Version: '2017-05-25', Format: 'XML', RegionId: 'cn-hangzhou' },
        ...{ PhoneNumbers: '15300000001', SignName: '阿里云短信测试专用', TemplateCode: 'SMS_71390007' },
        ...{ TemplateParam: '{"customer":"test"}', OutId: '123' },
      },
      {
        ...{ keyId: 'testId', secret: 'testSecret', now: new Date('2017-07-12T02:42:19Z') },
        nonce: '45e25e9b-0a6f-4070-8c85-2956eda1b466',
      },
    )
    expect(new URL(url).searchParams.get('Signature')).to.equal('zJDF+Lrzhj/ThnlvIToysFRq6t4=')
  })
})
