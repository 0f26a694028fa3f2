import QtQuick
import Marea
import Marea.App

// Whether what one listens to is told to a service, and how that goes.
Setting {
    id: setting
    required property AppContext app
    readonly property ScrobblingViewModel scrobbling: app.scrobbling
    property string address: ""    // of the service that is chosen
    readonly property bool asksToken: !scrobbling.on || scrobbling.paused
    Component.onCompleted: scrobbling.reload()
    function start() { if (token.text.trim() !== "") scrobbling.start(token.text, address) }

    stacked: true
    wanted: scrobbling.offered
    title: qsTr("Tell what you listen to")
    explanation: qsTr("To ListenBrainz, or a service like it. Your token is on the page of your account there.")
    Connections { target: setting.scrobbling; function onStarted() { token.clear() } }
    Column {
        width: setting.width
        spacing: 8
        SettingsRow {
            visible: setting.scrobbling.on
            iconName: setting.scrobbling.problem !== "" ? "triangle-alert" : "audio-lines"
            bad: setting.scrobbling.problem !== ""
            title: setting.scrobbling.service
            detail: setting.scrobbling.paused ? qsTr("The token is refused. Enter a new one.")
                  : setting.scrobbling.problem !== "" ? setting.scrobbling.problem : setting.scrobbling.detail
            AppButton { quiet: true; enabled: !setting.scrobbling.busy; text: qsTr("Turn off"); Accessible.name: qsTr("Turn off %1").arg(setting.scrobbling.service); onClicked: setting.scrobbling.stop() }
        }
        Choice {
            width: parent.width
            visible: setting.asksToken && setting.scrobbling.services.length > 1
            options: setting.scrobbling.services
            value: setting.address !== "" ? setting.address : setting.scrobbling.services.length > 0 ? setting.scrobbling.services[0].value : ""
            onPicked: (value) => setting.address = value
        }
        Row {
            spacing: 8
            visible: setting.asksToken
            Field { id: token; width: Math.min(320, setting.width - 130); secret: true; placeholderText: qsTr("Token"); maximumLength: 512; onAccepted: setting.start() }
            AppButton { enabled: token.text.trim() !== "" && !setting.scrobbling.busy; text: qsTr("Turn on"); onClicked: setting.start() }
        }
        Label { visible: text !== ""; width: parent.width; text: setting.scrobbling.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    }
}
