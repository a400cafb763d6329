// The bot in Azure: a container app with a managed identity, its Bot registration with Teams, its storage and its logs.
// az deployment group create -g GROUP -f main.bicep -p main.bicepparam
targetScope = 'resourceGroup'

@description('Start of all names: lower case letters, digits and hyphens.')
@minLength(3)
@maxLength(20)
param name string

param location string = resourceGroup().location

@description('The image in the registry, such as contoso.azurecr.io/support-bot:1.4.0.')
param image string

@description('An Azure Container Registry in this resource group that the image comes from; empty: the image is public.')
param registryName string = ''

@description('What keeps conversations. blob: cheap, one replica. redis: two replicas or more, each answering for the others.')
@allowed(['blob', 'redis'])
param storage string = 'redis'

@description('Replicas at most. With blob there is always one.')
@minValue(2)
@maxValue(30)
param maxReplicas int = 5

@description('A size of Azure Managed Redis.')
param redisSku string = 'Balanced_B0'

@description('managed: an identity that this file makes, without any password. registered: an app registration of yours, with a client secret.')
@allowed(['managed', 'registered'])
param identityKind string = 'managed'

@description('With identityKind registered: the application (client) id.')
param appId string = ''

@description('With identityKind registered: the client secret.')
@secure()
param appPassword string = ''

@description('Signs the web chat’s tokens; 32 characters or more, the same at every deployment.')
@secure()
@minLength(32)
param webChatSecret string

@description('Lets Prometheus read /metrics.')
@secure()
@minLength(16)
param metricsToken string

@description('The bot’s own https address, such as https://help.contoso.com; empty: the one that Azure gives.')
param publicUrl string = ''

param contactMail string = ''
param contactPage string = ''

@description('Other sites whose pages may show the chat, such as https://www.contoso.com.')
param webChatOrigins string = ''

@description('Opens the bot to Azure’s Direct Line and Web Chat too. The web chat that the bot serves by itself needs neither.')
param azureWebChat bool = false

@description('Price of the Bot registration: F0 is free and counts messages of premium channels.')
@allowed(['F0', 'S1'])
param botSku string = 'F0'

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 30

var port = 3978
var onRedis = storage == 'redis'
var managed = identityKind == 'managed'
var unique = uniqueString(resourceGroup().id, name)
var containerName = 'conversations'
var botAppId = managed ? identity.properties.clientId : appId
var host = '${name}.${environmentOfApps.properties.defaultDomain}'
var address = empty(publicUrl) ? 'https://${host}' : publicUrl

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
  }
}

resource environmentOfApps 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

// The bot signs in with a connection string, so the account's key is allowed; nothing else is.
resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = if (!onRedis) {
  name: 'bot${unique}'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: true
    allowCrossTenantReplication: false
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = if (!onRedis) {
  parent: account
  name: 'default'
  // What a person had deleted must not come back from a bin: nothing is kept after a deletion.
  properties: {
    deleteRetentionPolicy: { enabled: false }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = if (!onRedis) {
  parent: blobs
  name: containerName
  properties: { publicAccess: 'None' }
}

resource redis 'Microsoft.Cache/redisEnterprise@2025-07-01' = if (onRedis) {
  name: '${name}-${unique}'
  location: location
  sku: { name: redisSku }
  properties: {
    minimumTlsVersion: '1.2'
    highAvailability: 'Enabled'
    publicNetworkAccess: 'Enabled'
  }
}

resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = if (onRedis) {
  parent: redis
  name: 'default'
  properties: {
    accessKeysAuthentication: 'Enabled'
    clientProtocol: 'Encrypted'
    // One shard: a change to several keys is all or nothing only there.
    clusteringPolicy: 'NoCluster'
    // A full store says so instead of forgetting conversations.
    evictionPolicy: 'NoEviction'
    persistence: { aofEnabled: true, aofFrequency: '1s', rdbEnabled: false }
    port: 10000
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = if (!empty(registryName)) {
  name: empty(registryName) ? 'none' : registryName
}

resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(registryName)) {
  name: guid(resourceGroup().id, name, 'AcrPull')
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')
  }
}

var storageSettings = onRedis
  ? [{ name: 'STORAGE', secretRef: 'storage' }]
  : [
      { name: 'STORAGE', value: 'azureblob:${containerName}' }
      { name: 'AZURE_STORAGE_CONNECTION_STRING', secretRef: 'storage' }
    ]

var passwordSettings = managed ? [] : [{ name: 'MicrosoftAppPassword', secretRef: 'app-password' }]
var passwordSecrets = managed ? [] : [{ name: 'app-password', value: appPassword }]

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  dependsOn: [mayPull, container]
  properties: {
    environmentId: environmentOfApps.id
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
        stickySessions: { affinity: 'none' }
      }
      registries: empty(registryName) ? [] : [{ server: registry!.properties.loginServer, identity: identity.id }]
      secrets: concat(passwordSecrets, [
        { name: 'web-chat-secret', value: webChatSecret }
        { name: 'metrics-token', value: metricsToken }
        {
          name: 'storage'
          value: onRedis
            ? 'rediss://:${uriComponent(database!.listKeys().primaryKey)}@${redis!.properties.hostName}:10000'
            : 'DefaultEndpointsProtocol=https;AccountName=${account.name};AccountKey=${account!.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'
        }
      ])
    }
    template: {
      // More than STOP_DRAIN_MS and STOP_TIMEOUT_MS together.
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(storageSettings, passwordSettings, [
            { name: 'PORT', value: string(port) }
            { name: 'PUBLIC_URL', value: address }
            // Azure's ingress.
            { name: 'TRUSTED_PROXIES', value: '1' }
            { name: 'MicrosoftAppType', value: managed ? 'UserAssignedMSI' : 'SingleTenant' }
            { name: 'MicrosoftAppId', value: botAppId }
            { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
            { name: 'WEB_CHAT_SECRET', secretRef: 'web-chat-secret' }
            { name: 'METRICS_TOKEN', secretRef: 'metrics-token' }
            // Replicas have no disk of their own: ratings are in the log.
            { name: 'FEEDBACK_FILE', value: '' }
            { name: 'CONTACT_MAIL', value: contactMail }
            { name: 'CONTACT_PAGE', value: contactPage }
            { name: 'WEB_CHAT_ORIGINS', value: webChatOrigins }
            { name: 'STOP_DRAIN_MS', value: '5000' }
          ])
          // Not /ready: while the storage is down no replica is ready, and all of them go on answering questions.
          probes: [
            { type: 'Startup', httpGet: { path: '/health', port: port }, periodSeconds: 6, failureThreshold: 10 }
            { type: 'Readiness', httpGet: { path: '/health', port: port }, periodSeconds: 5, failureThreshold: 2 }
            { type: 'Liveness', httpGet: { path: '/health', port: port }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }
          ]
        }
      ]
      scale: {
        minReplicas: onRedis ? 2 : 1
        maxReplicas: onRedis ? maxReplicas : 1
        rules: [
          { name: 'requests', http: { metadata: { concurrentRequests: '50' } } }
          { name: 'work', custom: { type: 'cpu', metadata: { type: 'Utilization', value: '70' } } }
        ]
      }
    }
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: 'global'
  kind: 'azurebot'
  sku: { name: botSku }
  properties: {
    displayName: name
    endpoint: '${address}/api/messages'
    msaAppType: managed ? 'UserAssignedMSI' : 'SingleTenant'
    msaAppId: botAppId
    msaAppTenantId: tenant().tenantId
    msaAppMSIResourceId: managed ? identity.id : null
    disableLocalAuth: false
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true, enableCalling: false }
  }
}

resource directLine 'Microsoft.BotService/botServices/channels@2022-09-15' = if (azureWebChat) {
  parent: bot
  name: 'DirectLineChannel'
  location: 'global'
  properties: {
    channelName: 'DirectLineChannel'
    properties: {
      sites: [{ siteName: 'Default Site', isEnabled: true, isV1Enabled: false, isV3Enabled: true, isSecureSiteEnabled: false }]
    }
  }
  // Azure changes one channel of a bot at a time.
  dependsOn: [teams]
}

resource webChat 'Microsoft.BotService/botServices/channels@2022-09-15' = if (azureWebChat) {
  parent: bot
  name: 'WebChatChannel'
  location: 'global'
  properties: {
    channelName: 'WebChatChannel'
    properties: { sites: [{ siteName: 'Default Site', isEnabled: true, isWebchatPreviewEnabled: true }] }
  }
  dependsOn: [directLine]
}

output address string = address
output messagingEndpoint string = bot.properties.endpoint
output appId string = botAppId
output host string = host
