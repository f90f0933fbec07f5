import { dingTalk, feishu, slack, webhook, weCom } from "../../adapters/notification/chat.ts";
import { sendMail } from "../../adapters/notification/email.ts";
import type { Delivery, Message } from "../../adapters/notification/message.ts";
import type { NotificationChannel } from "../../contract/notification-channel.ts";

/** Sends a message by a channel, with its secrets opened; `to`: one person's address instead of the channel's own. */
export function sendBy(channel: NotificationChannel, message: Message, to?: string): Promise<Delivery> {
  switch (channel.kind) {
    case "dingtalk":
      return dingTalk(channel)(message);
    case "feishu":
      return feishu(channel)(message);
    case "wecom":
      return weCom(channel)(message);
    case "slack":
      return slack(channel)(message);
    case "webhook":
      return webhook(channel)(message);
    case "email":
      return sendMail(channel, to === undefined ? channel.to : [to], message);
    default:
      return channel.kind satisfies never;
  }
}
