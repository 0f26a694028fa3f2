import QtQuick
import Marea
import Marea.App

// First run and sign-in: which server, then who. Filled in by the command line.
FocusScope {
    id: page
    required property AppContext app
    property TrustViewModel trust: null
    readonly property bool untrusted: trust !== null && trust.pin !== "" && !asking && !choosing
    readonly property SessionViewModel session: app.session
    readonly property bool asking: session.state === SessionViewModel.Ask
    readonly property bool choosing: folders && !asking   // which folders of this computer
    property bool folders: false
    signal filesWanted()
    function useComputer() { app.computer.used ? session.switchTo(own.address) : folders = true }
    readonly property var own: session.servers.find(s => s.own) ?? null

    Rectangle {
        anchors.fill: parent
        gradient: Gradient {
            GradientStop { position: 0; color: Theme.glow }
            GradientStop { position: 0.7; color: Theme.background }
        }
    }
    Late {
        anchors.centerIn: parent
        waiting: page.session.state === SessionViewModel.Starting
        sourceComponent: Column {
            spacing: 16
            Logo { anchors.horizontalCenter: parent.horizontalCenter; size: 64 }
            Label { anchors.horizontalCenter: parent.horizontalCenter; text: page.session.here ? qsTr("Opening this computer's library…") : qsTr("Connecting to %1…").arg(page.session.serverName); color: Theme.secondary }
            AppButton { anchors.horizontalCenter: parent.horizontalCenter; quiet: true; text: page.session.here ? qsTr("Use a server instead") : qsTr("Another server"); onClicked: page.session.changeServer() }
        }
    }
    Flickable {
        anchors.fill: parent
        contentHeight: Math.max(height, sheet.height + 64)
        boundsBehavior: Flickable.StopAtBounds
        visible: page.session.state !== SessionViewModel.Starting

        Rectangle {
            id: sheet
            anchors.centerIn: parent
            width: Math.min(parent.width - 32, 420)
            height: form.height + 64
            radius: Theme.radiusSheet
            color: Theme.surface
            border.width: Theme.dark ? 0 : 1
            border.color: Theme.line
            Column {
                id: form
                x: 32; y: 32
                width: parent.width - 64
                spacing: 16
                Logo { size: 44 }
                Column {
                    width: parent.width
                    spacing: 4
                    Label {
                        width: parent.width
                        text: page.choosing ? qsTr("Which folders?") : !page.asking ? qsTr("Find your server") : page.session.setupNeeded ? qsTr("Set up %1").arg(page.session.serverName) : qsTr("Sign in to %1").arg(page.session.serverName)
                        font.pixelSize: Theme.title
                        font.letterSpacing: -0.4
                        weight: Font.DemiBold
                    }
                    Label {
                        width: parent.width
                        wrapMode: Text.Wrap
                        elide: Text.ElideNone
                        color: Theme.secondary
                        text: page.choosing ? qsTr("Films, series and music in them are your library. Nothing in them is changed.")
                            : !page.asking ? qsTr("The address of the computer that Marea's server runs on.")
                            : page.session.setupNeeded ? qsTr("Choose the name and the password of its owner.") : page.session.address
                    }
                }
                Loader {
                    width: parent.width
                    active: page.session.state !== SessionViewModel.Starting
                    sourceComponent: page.choosing ? folderForm : !page.asking ? addressForm : page.session.setupNeeded ? setupForm : signInForm
                    focus: true
                    onLoaded: if (page.visible) item.forceActiveFocus()
                }
                Row {
                    width: parent.width
                    spacing: 8
                    visible: page.session.errorText !== ""
                    Icon { name: "circle-alert"; color: Theme.error; size: 18 }
                    Label {
                        width: parent.width - 26
                        text: page.session.errorText
                        color: Theme.error
                        wrapMode: Text.Wrap
                        elide: Text.ElideNone
                        Accessible.role: Accessible.AlertMessage
                        Accessible.name: text
                    }
                }
                CertificateQuestion { width: parent.width; visible: page.untrusted; trust: page.trust }
                Row {
                    width: parent.width
                    spacing: 8
                    visible: page.session.forgetful && page.asking
                    Icon { name: "info"; color: Theme.secondary; size: 18 }
                    Label {
                        width: parent.width - 26
                        text: qsTr("This system has no keychain, so you will sign in again at the next start.")
                        color: Theme.secondary
                        font.pixelSize: Theme.tiny
                        wrapMode: Text.Wrap
                        elide: Text.ElideNone
                    }
                }
                Label {
                    visible: !page.asking && !page.choosing && page.session.errorText === ""
                    width: parent.width
                    text: qsTr("No server yet? Start marea-server on the computer with your films and music. It prints this address.")
                    color: Theme.secondary
                    font.pixelSize: Theme.tiny
                    wrapMode: Text.Wrap
                    elide: Text.ElideNone
                }
                Rectangle { width: parent.width; height: 1; color: Theme.line }
                Item {
                    width: parent.width
                    height: 40
                    AppButton {
                        anchors.left: parent.left
                        anchors.leftMargin: -12
                        leftPadding: 12; rightPadding: 12
                        quiet: true
                        iconName: "folder-open"
                        text: qsTr("Open file…")
                        onClicked: page.filesWanted()
                    }
                    AppButton {
                        anchors.right: parent.right
                        anchors.rightMargin: -12
                        leftPadding: 12; rightPadding: 12
                        visible: page.asking
                        quiet: true
                        text: qsTr("Another server")
                        onClicked: page.session.changeServer()
                    }
                }
            }
        }
    }

    Connections {
        target: page.session
        enabled: page.trust !== null
        function onChanged() { if (!page.asking && !page.session.busy && page.session.errorText !== "") page.trust.look(page.session.address) }
    }
    Connections {
        target: page.trust
        function onAccepted(address) { page.session.connectTo(address) }
    }
    Component {
        id: addressForm
        FocusScope {
            focus: true
            implicitHeight: fields.height
            Column {
                id: fields
                width: parent.width
                spacing: 12
                Field {
                    id: address
                    focus: true
                    width: parent.width
                    label: qsTr("Server address")
                    placeholderText: qsTr("casa.example or 192.168.1.20:8470")
                    Component.onCompleted: text = page.session.address   // no binding, which would undo what is typed
                    inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
                    onAccepted: page.session.connectTo(text)
                }
                AppButton { width: parent.width; primary: true; enabled: !page.session.busy; text: page.session.busy ? qsTr("Connecting…") : qsTr("Continue"); onClicked: page.session.connectTo(address.text) }
                ServersNearby {
                    width: parent.width
                    servers: page.app.nearby
                    busy: page.session.busy
                    onChosen: (found, known) => { address.text = found; page.session.takeForKnown(found, known); page.session.connectTo(found) }
                    Component.onCompleted: page.app.nearby.look()
                }
                Flow {
                    width: parent.width
                    spacing: 8
                    visible: known.count > 0
                    Repeater {
                        id: known
                        model: page.session.servers.filter(s => !s.own).slice(0, 4)
                        Chip { required property var modelData; iconName: "server"; text: modelData.name; onClicked: page.session.switchTo(modelData.address) }
                    }
                }
                AppButton { visible: page.app.computer.available; width: parent.width; quiet: true; iconName: "monitor"; text: qsTr("Use films and music on this computer"); onClicked: page.useComputer() }
            }
        }
    }
    Component { id: folderForm; ChooseFolders { focus: true; app: page.app; onBackWanted: page.folders = false } }
    Component {
        id: signInForm
        FocusScope {
            id: form
            focus: true
            implicitHeight: fields.height
            property bool byPassword: page.session.noBrowser
            function send() { page.session.signIn(name.text, password.text) }
            function toPassword() {
                byPassword = true
                const first = name.text === "" ? name : password
                first.forceActiveFocus()
            }
            Component.onCompleted: name.text = page.session.lastUser
            Connections {
                target: page.session
                function onChanged() {
                    if (page.session.noBrowser && !form.byPassword) form.toPassword()
                    if (form.byPassword && page.session.errorText !== "" && !page.session.busy) { password.forceActiveFocus(); password.selectAll() }
                }
            }
            Column {
                id: fields
                width: parent.width
                spacing: 12
                AppButton {
                    id: browserButton
                    focus: !form.byPassword
                    width: parent.width
                    primary: !form.byPassword
                    iconName: "globe"
                    enabled: !page.session.busy
                    text: page.session.withBrowser ? qsTr("Go on in the browser…") : qsTr("Sign in with the browser")
                    onClicked: page.session.signInByBrowser()
                }
                Row {
                    visible: page.session.withBrowser
                    spacing: 8
                    AppButton { quiet: true; text: qsTr("Open the page again"); onClicked: page.session.openBrowserAgain() }
                    AppButton { quiet: true; text: qsTr("Cancel"); onClicked: page.session.cancelBrowser() }
                }
                AppButton { visible: !form.byPassword && !page.session.withBrowser; width: parent.width; quiet: true; text: qsTr("Sign in here with a password"); onClicked: form.toPassword() }
                Field { id: name; visible: form.byPassword; width: parent.width; placeholderText: qsTr("Name"); onAccepted: password.forceActiveFocus() }
                Field { id: password; visible: form.byPassword; width: parent.width; placeholderText: qsTr("Password"); secret: true; onAccepted: form.send() }
                AppButton { visible: form.byPassword; width: parent.width; primary: true; enabled: !page.session.busy; text: page.session.busy && !page.session.withBrowser ? qsTr("Signing in…") : qsTr("Sign in"); onClicked: form.send() }
            }
        }
    }
    Component {
        id: setupForm
        FocusScope {
            focus: true
            implicitHeight: fields.height
            function send() { page.session.setUp(code.text, name.text, password.text) }
            Component.onCompleted: {
                code.text = page.session.setupCode
                const first = code.text === "" ? code : name
                first.focus = true
            }
            Connections {
                target: page.session
                function onChanged() { if (page.session.errorText !== "" && !page.session.busy) code.forceActiveFocus() }
            }
            Column {
                id: fields
                width: parent.width
                spacing: 12
                Field { id: code; width: parent.width; placeholderText: qsTr("Setup code"); iconName: "key-round"; onAccepted: name.forceActiveFocus() }
                Field { id: name; width: parent.width; placeholderText: qsTr("Name"); onAccepted: password.forceActiveFocus() }
                Field { id: password; width: parent.width; placeholderText: qsTr("Password"); secret: true; onAccepted: send() }
                AppButton { width: parent.width; primary: true; enabled: !page.session.busy; text: page.session.busy ? qsTr("Setting up…") : qsTr("Create owner"); onClicked: send() }
            }
        }
    }
}
