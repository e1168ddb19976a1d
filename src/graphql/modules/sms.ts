import { CHAPTERS } from '../../payapi/index.ts'
import { publishMutations } from '../publish.ts'

publishMutations(CHAPTERS.sms)
