import QtQuick
import QtQuick.Dialogs
import Marea
import Marea.App

FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property SettingsViewModel settings: app.settings

    component Heading: Label { topPadding: 24; bottomPadding: 8; font.pixelSize: Theme.heading; weight: Font.DemiBold }
    component Setting: Item {
        id: setting
        property string title: ""
        property string explanation: ""
        property bool stacked: page.narrow
        default property alias content: slot.data
        width: parent ? parent.width : 0
        height: stacked ? words.height + slot.childrenRect.height + 24 : Math.max(64, words.height + 16)
        Column {
            id: words
            width: setting.stacked ? parent.width : parent.width - slot.childrenRect.width - 24
            y: setting.stacked ? 8 : (parent.height - height) / 2
            spacing: 2
            Label { width: parent.width; text: setting.title; weight: Font.Medium }
            Label { width: parent.width; text: setting.explanation; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone; visible: text !== "" }
        }
        Item {
            id: slot
            width: childrenRect.width
            height: childrenRect.height
            x: setting.stacked ? 0 : parent.width - width
            y: setting.stacked ? words.y + words.height + 8 : (parent.height - height) / 2
        }
    }
    component Choice: Row {
        id: choice
        property var options: []
        property var value: ""
        signal picked(var value)
        spacing: 8
        Repeater {
            model: choice.options
            Chip {
                required property var modelData
                text: modelData.text
                iconName: modelData.icon ?? ""
                checkable: true
                checked: choice.value === modelData.value
                onClicked: { choice.picked(modelData.value); checked = Qt.binding(() => choice.value === modelData.value) }
            }
        }
    }

    Connections {
        target: page.app.libraries
        function onAdded(name) { done.text = qsTr("%1 was added and is being read.").arg(name); folderName.clear(); folderPath.clear() }
    }
    // The system's dialog, made when first wanted. Of use only where the server is this computer.
    Loader {
        id: browser
        active: false
        sourceComponent: FolderDialog {
            title: qsTr("Choose a folder")
            currentFolder: page.settings.mediaFolder
            onAccepted: {
                folderPath.text = page.settings.pathOf(selectedFolder)
                if (folderName.text === "") folderName.text = folderPath.text.split("/").filter(s => s !== "").pop() ?? ""
            }
        }
    }
    Component.onCompleted: if (app.navigator.arguments.section === "library") Qt.callLater(() => {
        flick.contentY = Math.max(0, Math.min(library.y, flick.contentHeight - flick.height))
        folderName.forceActiveFocus(Qt.TabFocusReason)
    })

    Flickable {
        id: flick
        anchors.fill: parent
        contentHeight: column.height + 48
        boundsBehavior: Flickable.StopAtBounds
        Column {
            id: column
            x: page.side
            width: Math.min(parent.width - 2 * page.side, 760)
            PageTitle { text: qsTr("Settings") }
            Heading { text: qsTr("Look"); topPadding: 8 }
            Setting {
                title: qsTr("Theme")
                explanation: qsTr("Dark, light, or as the system is.")
                Choice {
                    options: [{value: "system", text: qsTr("System"), icon: "monitor"}, {value: "dark", text: qsTr("Dark"), icon: "moon"}, {value: "light", text: qsTr("Light"), icon: "sun"}]
                    value: page.settings.theme
                    onPicked: (value) => page.settings.theme = value
                }
            }
            Setting {
                title: qsTr("Language")
                explanation: qsTr("Changes at once, without a restart.")
                Choice {
                    options: [{value: "", text: qsTr("System")}, {value: "en", text: "English"}, {value: "es", text: "Español"}]
                    value: page.settings.language
                    onPicked: (value) => page.settings.language = value
                }
            }
            Heading { text: qsTr("Playback") }
            Setting {
                title: qsTr("Streaming quality")
                explanation: qsTr("The most of your connection that a film may take. Original sends the file as it is.")
                stacked: page.narrow
                Choice {
                    options: page.settings.streamLimits
                    value: page.settings.streamLimit
                    onPicked: (value) => page.settings.streamLimit = value
                }
            }
            Setting {
                title: qsTr("Sound of films")
                explanation: qsTr("Even loudness makes films as loud as each other; night also keeps loud scenes down. The server encodes the sound anew for it.")
                stacked: page.narrow
                Choice {
                    options: page.settings.soundProfiles
                    value: page.settings.soundProfile
                    onPicked: (value) => page.settings.soundProfile = value
                }
            }
            Heading { text: qsTr("Account") }
            Setting {
                title: page.app.session.username
                explanation: page.app.session.forgetful
                    ? qsTr("On %1. This system has no keychain, so you will sign in again at the next start.").arg(page.app.session.address)
                    : qsTr("On %1. The sign-in is kept in the system's keychain.").arg(page.app.session.address)
                AppButton { iconName: "log-out"; text: qsTr("Sign out"); onClicked: page.app.session.signOut() }
            }
            Heading { id: library; text: qsTr("Library"); visible: page.app.session.owner }
            Setting {
                visible: page.app.session.owner
                stacked: true
                title: qsTr("Add a folder")
                explanation: qsTr("A folder of films, series or music on the server's computer.")
                Flow {
                    width: column.width
                    spacing: 8
                    Field { id: folderName; width: page.narrow ? 110 : 180; placeholderText: qsTr("Name") }
                    Field { id: folderPath; width: Math.min(340, column.width - (page.narrow ? 118 : 188)); placeholderText: qsTr("/srv/media/Films"); label: qsTr("Folder"); onAccepted: addButton.clicked() }
                    AppButton { visible: page.app.session.local; iconName: "folder-open"; text: qsTr("Browse…"); onClicked: { browser.active = true; browser.item.open() } }
                    AppButton {
                        id: addButton
                        text: qsTr("Add")
                        primary: enabled
                        enabled: folderName.text !== "" && folderPath.text !== ""
                        onClicked: if (enabled) page.app.libraries.add(folderName.text, folderPath.text)
                    }
                }
            }
            Label { visible: text !== ""; width: parent.width; text: page.app.libraries.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage }
            Label { id: done; visible: text !== "" && page.app.libraries.errorText === ""; width: parent.width; color: Theme.good; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage }
            Heading { text: qsTr("About") }
            Setting {
                title: qsTr("Marea %1").arg(page.settings.version)
                explanation: qsTr("Commit %1. Server %2. Free software under the GNU GPL, version 3 or later. Inter (OFL) and Lucide (ISC) are bundled.").arg(page.settings.commit).arg(page.app.session.serverVersion)
                Logo { size: 40 }
            }
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: flick.visibleArea.heightRatio; position: flick.visibleArea.yPosition
                   active: flick.moving || hovered
                   onPositionChanged: if (pressed) flick.contentY = position * flick.contentHeight }
    }
}
