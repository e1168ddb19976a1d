import { type ASTVisitor, NoSchemaIntrospectionCustomRule, type ValidationContext } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { SafeError } from '../../graphql/safe-error.ts'

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
