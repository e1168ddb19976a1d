import {
  type ASTVisitor,
  type FieldNode,
  isIntrospectionType,
  NoSchemaIntrospectionCustomRule,
  type ValidationContext,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { SafeError } from '../../auth/errors.ts'
import { tooComplex } from './document-limits.ts'

/** How often one document may ask for the schema, by the fields that do; tools ask for a few types at once. */
const MAX_QUESTIONS: Readonly<Record<string, number>> = { __schema: 1, _service: 1, __type: 10 }

/**
 * Refuses documents that ask for the schema over and over: the answer to one question is as large as all else together,
 * and a document of a few words could ask thirty times, or for the same thing under thirty names within one question.
 */
export function useFewSchemaQuestions(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(FewSchemaQuestionsRule)
    },
  }
}

function FewSchemaQuestionsRule(context: ValidationContext): ASTVisitor {
  const asked = new Map<string, Set<string>>()
  return {
    Field({ name, alias }: FieldNode) {
      const parent = context.getParentType()
      if (parent == null) return
      const isWithin = isIntrospectionType(parent) || parent.name === '_Service'
      const max = MAX_QUESTIONS[name.value]
      if (isWithin && alias !== undefined && alias.value !== name.value) throw tooMany()
      if (max === undefined || parent !== context.getSchema().getQueryType()) return
      const names = asked.get(name.value) ?? new Set()
      asked.set(name.value, names.add((alias ?? name).value))
      if (names.size > max) throw tooMany()
    },
  }
}

const tooMany = () => tooComplex('The document asks for the schema too often.')

/** Refuses documents that ask for the schema, also as gateways do: `_service` answers with the whole of it. */
export function useClosedSchema(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoSchemaIntrospectionCustomRule)
      addValidationRule(NoServiceRule)
    },
  }
}

function NoServiceRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.name.value !== '_service' || context.getParentType() !== context.getSchema().getQueryType()) return
      context.reportError(new SafeError('The schema cannot be asked for here: _service.', { nodes: [node] }))
    },
  }
}
