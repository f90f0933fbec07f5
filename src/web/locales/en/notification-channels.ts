/** Labels of the form's fields. */
export const notificationChannels = {
  active: "Active",
  kind: "Kind",
  language: "Language",
  url: "Address of the webhook",
  secret: "Signing secret",
  host: "SMTP server",
  port: "Port",
  security: "Encryption",
  user: "User",
  password: "Password",
  from: "From",
  to: "To",
};
