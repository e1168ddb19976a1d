import type { Localized } from './types.ts'

const label = (ko: string, en: string): Localized => ({ ko, en })

const NAME = label('이름', 'Name')
const PHONE = label('전화번호', 'Phone number')
const POSTAL_CODE = label('우편번호', 'Postal code')

/** By the end of a field's path: the longest one counts. */
const LABELS: Readonly<Record<string, Localized>> = {
  accountNumber: label('계좌번호', 'Account number'),
  address: label('주소', 'Address'),
  amount: label('금액', 'Amount'),
  bankCode: label('은행', 'Bank'),
  billingDay: label('정기 결제일', 'Billing day'),
  billingKey: label('등록된 카드', 'Registered card'),
  buyer: label('구매자', 'Buyer'),
  'buyer.name': label('구매자 이름', 'Your name'),
  card: label('카드', 'Card'),
  'card.number': label('카드 번호', 'Card number'),
  change: label('등록 구분', 'New or changed delivery'),
  charset: label('문자 인코딩', 'Text encoding'),
  clientIp: label('접속 주소', 'Network address'),
  confirmedOn: label('배송 확인일', 'Day of confirmation'),
  courier: label('택배사', 'Courier'),
  'courier.code': label('택배사', 'Courier'),
  'courier.name': label('택배사 이름', 'Name of the courier'),
  currency: label('통화', 'Currency'),
  deliveryId: label('보낼 알림', 'Notification'),
  email: label('이메일', 'E-mail address'),
  endpointId: label('알림을 받을 곳', 'Receiver of notifications'),
  expiryMonth: label('유효기간(월)', 'Expiry month'),
  expiryYear: label('유효기간(년)', 'Expiry year'),
  goods: label('상품', 'Goods'),
  'goods.code': label('상품 번호', 'Item number'),
  'goods.name': label('상품명', 'Item'),
  goodsName: label('상품명', 'Item'),
  holderId: label('생년월일 또는 사업자등록번호', 'Date of birth or business number'),
  holderName: label('예금주', 'Account holder'),
  idempotencyKey: label('요청 번호', 'Request number'),
  installmentMonths: label('할부 개월 수', 'Installment months'),
  installmentOptions: label('선택할 수 있는 할부', 'Installment choices'),
  interestFree: label('무이자 할부', 'Interest-free installments'),
  memo: label('메모', 'Note'),
  merchantId: label('판매자', 'Shop'),
  mobileGoodsType: label('휴대폰 결제 상품 유형', 'Kind of goods'),
  name: NAME,
  networkCancel: label('취소 방식', 'Kind of cancellation'),
  nextUrl: label('인증 후 이동할 주소', 'Page after authentication'),
  note: label('메모', 'Note'),
  noticeId: label('알림', 'Notice'),
  notificationUrl: label('입금 알림을 받을 주소', 'Address for deposit notices'),
  operationId: label('처리 번호', 'Reference number'),
  orderId: label('주문번호', 'Order number'),
  passwordPrefix: label('카드 비밀번호 앞 두 자리', 'First two digits of the card password'),
  paymentMethod: label('결제수단', 'Way to pay'),
  phone: PHONE,
  postalCode: POSTAL_CODE,
  prefix: label('카드 번호 앞 여섯 자리', 'First six digits of the card number'),
  processed: label('처리 여부', 'Whether it was completed'),
  processedBy: label('처리자 이름', 'Name of the person in charge'),
  quantity: label('수량', 'Quantity'),
  reason: label('사유', 'Reason'),
  recipient: label('받는 사람', 'Recipient'),
  'recipient.address': label('받는 주소', 'Delivery address'),
  'recipient.name': label('받는 사람 이름', "Recipient's name"),
  redirectUrl: label('결제 후 이동할 주소', 'Page after payment'),
  refundAccount: label('환불 계좌', 'Account for the refund'),
  registeredBy: label('배송 등록자 이름', 'Name of the person who registers it'),
  remainingAmount: label('취소 후 남은 금액', 'Amount that remains'),
  reserved: label('추가 정보', 'Additional information'),
  returnUrl: label('결제 결과를 받을 주소', 'Address for the result'),
  sender: label('보내는 사람', 'Sender'),
  'sender.address1': label('보내는 주소', 'Address of the sender'),
  'sender.address2': label('보내는 상세 주소', 'Address of the sender, second line'),
  'sender.name': label('보내는 사람 이름', "Sender's name"),
  sequence: label('배송 순번', 'Number of the delivery'),
  shippingPaidBy: label('배송비 부담', 'Who pays the shipping'),
  taxFreeAmount: label('비과세 금액', 'Tax-free amount'),
  trackingNumber: label('운송장 번호', 'Tracking number'),
  transactionId: label('거래번호', 'Payment number'),
  vatAmount: label('부가세', 'VAT'),
}

/** For what a later version has added. */
export const UNNAMED_FIELD = label('입력 항목', 'This entry')

/** What a buyer calls the field at a path. An item of a list is called as the list is. */
export function fieldLabel(path: readonly string[]): Localized {
  const names = path.filter((name) => !/^\d+$/.test(name))
  for (let from = 0; from < names.length; from += 1) {
    const end = names.slice(from).join('.')
    if (Object.hasOwn(LABELS, end)) return LABELS[end] ?? UNNAMED_FIELD
  }
  return UNNAMED_FIELD
}
