import MeshModel

extension PeerAuthentication: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("selector", &selector)
    fields("mtls", &mtls)
    fields.portMap("portLevelMtls", &portLevelMtls)
  }
}

extension MutualTLS: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("mode", &mode)
  }
}

extension MutualTLSMode: FieldEnumeration {}

extension RequestAuthentication: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("selector", &selector)
    fields("targetRef", &targetRef)
    fields("targetRefs", &targetRefs)
    fields("jwtRules", &jwtRules)
  }
}

extension PolicyTargetReference: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("group", &group)
    fields("kind", &kind)
    fields("name", &name)
    fields("namespace", &namespace)
  }
}

extension JWTRule: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("issuer", &issuer)
    fields("audiences", &audiences)
    fields("jwksUri", &jwksUri)
    // The one proto name that the schema knows too.
    fields.alias("jwks_uri", of: "jwksUri", &jwksUri)
    fields("jwks", &jwks)
    fields("fromHeaders", &fromHeaders)
    fields("fromParams", &fromParams)
    fields("fromCookies", &fromCookies)
    fields("outputPayloadToHeader", &outputPayloadToHeader)
    fields("outputClaimToHeaders", &outputClaimToHeaders)
    fields("forwardOriginalToken", &forwardOriginalToken)
    fields("timeout", &timeout)
    fields("spaceDelimitedClaims", &spaceDelimitedClaims)
  }
}

extension JWTHeader: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("prefix", &prefix)
  }
}

extension ClaimToHeader: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("header", &header)
    fields("claim", &claim)
  }
}

extension AuthorizationPolicy: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("selector", &selector)
    fields("targetRef", &targetRef)
    fields("targetRefs", &targetRefs)
    fields("rules", &rules)
    fields("action", &action)
    fields.presence("provider", &provider, "") { fields, name in fields("name", &name) }
  }
}

extension AuthorizationAction: FieldEnumeration {}

extension AuthorizationRule: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields.wrapped("from", "source", &from)
    fields.wrapped("to", "operation", &to)
    fields("when", &when)
  }
}

extension AuthorizationSource: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("principals", &principals)
    fields("notPrincipals", &notPrincipals)
    fields("requestPrincipals", &requestPrincipals)
    fields("notRequestPrincipals", &notRequestPrincipals)
    fields("namespaces", &namespaces)
    fields("notNamespaces", &notNamespaces)
    fields("serviceAccounts", &serviceAccounts)
    fields("notServiceAccounts", &notServiceAccounts)
    fields("ipBlocks", &ipBlocks)
    fields("notIpBlocks", &notIpBlocks)
    fields("remoteIpBlocks", &remoteIpBlocks)
    fields("notRemoteIpBlocks", &notRemoteIpBlocks)
    fields("trustDomains", &trustDomains)
    fields("notTrustDomains", &notTrustDomains)
  }
}

extension AuthorizationOperation: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("hosts", &hosts)
    fields("notHosts", &notHosts)
    fields("ports", &ports)
    fields("notPorts", &notPorts)
    fields("methods", &methods)
    fields("notMethods", &notMethods)
    fields("paths", &paths)
    fields("notPaths", &notPaths)
  }
}

extension AuthorizationCondition: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("key", &key)
    fields("values", &values)
    fields("notValues", &notValues)
  }
}
