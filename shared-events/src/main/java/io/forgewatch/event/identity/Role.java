package io.forgewatch.event.identity;

/** What an account is for; how far it sees is its {@link Jurisdiction}. */
public enum Role {
    /** 部级: sees, searches, audits the whole country; registers provinces' accounts. */
    MINISTRY,
    /** 省/市/县 应急管理部门: registers enterprises, follows and judges answers within its region. */
    PROVINCE,
    /** 企业: answers its own warnings, keeps its own devices. */
    ENTERPRISE,
    /** Reads history, changes nothing. */
    AUDITOR
}
