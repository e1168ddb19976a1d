export type { SmsLink, SmsLinkStatus } from '../../records/sms-link.ts'
export { advanceLink, type LinkAdvance, type LinkNotice } from './advance.ts'
export {
  type ApprovalRefusal,
  guardSmsApproval,
  recordFailedArrival,
  recordSmsApproval,
  releaseSmsLink,
} from './approve.ts'
export { createSmsLink } from './create.ts'
export { expireLinks } from './expire.ts'
export {
  findSmsLinks,
  linkOfNoticeToken,
  linksOfOrder,
  type SmsLinkFilter,
  smsLink,
  smsLinkOfToken,
  smsLinksOfOrder,
} from './read.ts'
export { linkById } from './rows.ts'
