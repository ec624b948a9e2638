namespace DeepsetCloud.Emulator;

/// <summary>Writes who asks.</summary>
internal static class MeJson
{
    public static Answer Of(EmulatorUser user, IEnumerable<string> workspaces) => Answer.Json(200, new
    {
        user_id = user.UserId,
        email = user.Email,
        given_name = user.GivenName,
        family_name = user.FamilyName,
        deleted = false,
        oauth_provider = "AUTH0",
        oauth_id = "auth0|" + user.UserId,
        organization = new
        {
            organization_id = user.OrganizationId,
            name = user.OrganizationName,
            role = user.OrganizationRole,
            pricing_plan = "ENTERPRISE",
            workspaces = workspaces.Select(workspace => new { name = workspace, role = "ADMIN" }),
        },
    });
}
