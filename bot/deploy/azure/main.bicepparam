using 'main.bicep'

param name = 'contoso-support'
param image = 'contoso.azurecr.io/support-bot:1.0.0'
param registryName = 'contoso'
param storage = 'redis'
param contactMail = 'help@contoso.com'
// From the shell, so that no secret stands in a file: export WEB_CHAT_SECRET=$(openssl rand -hex 32)
param webChatSecret = readEnvironmentVariable('WEB_CHAT_SECRET')
param metricsToken = readEnvironmentVariable('METRICS_TOKEN')
