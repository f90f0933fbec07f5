import type { DefinitionKind } from "../../../contract/definitions.ts";
import type { Definition, DefinitionVersion } from "../../../contract/administration.ts";
import { Editor } from "./editor.tsx";
import { EMPTY_DEFINITIONS } from "./empty-definitions.ts";
import { ApprovalFlowForm } from "./forms/approval-flow-form.tsx";
import { CategoryForm } from "./forms/category-form.tsx";
import { ConfigCentreForm } from "./forms/config-centre-form.tsx";
import { EnvironmentForm } from "./forms/environment-form.tsx";
import { FreezeWindowForm } from "./forms/freeze-window-form.tsx";
import { NotificationChannelForm } from "./forms/notification-channel-form.tsx";
import { SignInMethodForm } from "./forms/sign-in-method-form.tsx";
import { VariableForm } from "./forms/variable-form.tsx";
import { VariableGroupForm } from "./forms/variable-group-form.tsx";
import { WorkOrderEditor } from "./work-order-editor.tsx";
import { VerifyConfigCentre } from "./verify/verify-config-centre.tsx";
import { VerifyFreezeWindow } from "./verify/verify-freeze-window.tsx";
import { TestNotificationChannel } from "./verify/test-notification-channel.tsx";
import { VerifySignInMethod } from "./verify/verify-sign-in-method.tsx";
import { VerifyVariable } from "./verify/verify-variable.tsx";

export interface EditorOfProps {
  readonly kind: DefinitionKind;
  readonly definition?: Definition | undefined;
  readonly from?: DefinitionVersion | undefined;
}

/** The editor for a kind of definition. */
export function EditorOf({ kind, ...rest }: EditorOfProps) {
  switch (kind) {
    case "environment":
      return <Editor kind={kind} empty={EMPTY_DEFINITIONS[kind]} Form={EnvironmentForm} {...rest} />;
    case "category":
      return <Editor kind={kind} empty={EMPTY_DEFINITIONS[kind]} Form={CategoryForm} {...rest} />;
    case "config_centre":
      return (
        <Editor
          kind={kind}
          empty={EMPTY_DEFINITIONS[kind]}
          Form={ConfigCentreForm}
          Side={VerifyConfigCentre}
          {...rest}
        />
      );
    case "variable":
      return <Editor kind={kind} empty={EMPTY_DEFINITIONS[kind]} Form={VariableForm} Side={VerifyVariable} {...rest} />;
    case "variable_group":
      return <Editor kind={kind} empty={EMPTY_DEFINITIONS[kind]} Form={VariableGroupForm} {...rest} />;
    case "work_order":
      return <WorkOrderEditor {...rest} />;
    case "approval_flow":
      return <Editor kind={kind} empty={EMPTY_DEFINITIONS[kind]} Form={ApprovalFlowForm} {...rest} />;
    case "freeze_window":
      return (
        <Editor
          kind={kind}
          empty={EMPTY_DEFINITIONS[kind]}
          Form={FreezeWindowForm}
          Side={VerifyFreezeWindow}
          {...rest}
        />
      );
    case "notification_channel":
      return (
        <Editor
          kind={kind}
          empty={EMPTY_DEFINITIONS[kind]}
          Form={NotificationChannelForm}
          Side={TestNotificationChannel}
          {...rest}
        />
      );
    case "sign_in_method":
      return (
        <Editor
          kind={kind}
          empty={EMPTY_DEFINITIONS[kind]}
          Form={SignInMethodForm}
          Side={VerifySignInMethod}
          {...rest}
        />
      );
    default:
      return kind satisfies never;
  }
}
