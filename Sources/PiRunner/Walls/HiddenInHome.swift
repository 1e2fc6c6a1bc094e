/// What nobody means to show when they name their home folder as the workspace.
enum HiddenInHome {
    static let patterns = [
        "~/.ssh", "~/.gnupg", "~/.aws", "~/.azure", "~/.config/gcloud", "~/.kube",
        "~/.docker/config.json", "~/.config/containers/auth.json", "~/.netrc",
        "~/.git-credentials", "~/.git-credential-cache", "~/.config/gh", "~/.config/hub",
        "~/.config/glab-cli", "~/.npmrc", "~/.pypirc", "~/.cargo/credentials*",
        "~/.gem/credentials", "~/.m2/settings.xml", "~/.gradle/gradle.properties",
        "~/.terraform.d/credentials*", "~/.vault-token", "~/.pgpass", "~/.my.cnf", "~/.s3cfg",
        "~/.boto", "~/.password-store", "~/.local/share/keyrings", "~/.local/share/kwalletd",
        "~/.pki", "~/.mozilla", "~/.config/google-chrome", "~/.config/chromium",
        "~/.config/1Password", "~/*.kdbx", "~/.*_history", "~/.claude.json",
        "~/.claude/.credentials.json", "~/.codex/auth.json", "~/.gemini/oauth_creds.json",
        "~/.config/pi-runner", "~/.local/state/pi-runner",
    ]
}
