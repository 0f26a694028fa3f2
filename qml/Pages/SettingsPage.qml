import QtQuick
import Marea
import Marea.App

// Settings by section, or those whose words have what one looks for. A section is a file of its own and one line here.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property bool toLibrary: app.navigator.arguments.section === "library"
    property string section: toLibrary ? "server" : app.navigator.arguments.section ?? "look"
    readonly property string query: search.text.trim().toLocaleLowerCase()
    readonly property var sections: [
        {key: "look", text: qsTr("Look"), file: "SettingsLook"},
        {key: "playback", text: qsTr("Playback"), file: "SettingsPlayback"},
        {key: "sound", text: qsTr("Sound"), file: "SettingsSound"},
        {key: "devices", text: qsTr("Devices"), file: "SettingsDevices"},
        {key: "account", text: qsTr("Account"), file: "SettingsAccount"},
        {key: "computer", text: qsTr("This computer"), file: "SettingsComputer", own: true},
        {key: "servers", text: qsTr("Servers"), file: "SettingsServers"},
        {key: "household", text: qsTr("Household"), file: "SettingsHousehold"},
        {key: "server", text: qsTr("Server"), file: "SettingsServer", owner: true}
    ].filter(s => (!s.owner || app.session.owner) && (!s.own || app.computer.available))

    Flickable {
        id: flick
        objectName: "settings"
        anchors.fill: parent
        contentHeight: column.height + 48
        boundsBehavior: Flickable.StopAtBounds
        Column {
            id: column
            x: page.side
            width: Math.min(parent.width - 2 * page.side, 760)
            spacing: 12
            PageTitle { text: qsTr("Settings") }
            Field {
                id: search
                focus: true
                width: Math.min(parent.width, 360)
                iconName: "search"
                clearable: true
                placeholderText: qsTr("Search settings")
                Keys.onEscapePressed: clear()
            }
            Choice {
                width: page.width - 2 * page.side   // in one row where there is room for it
                visible: page.query === ""
                options: page.sections.map(s => ({value: s.key, text: s.text}))
                value: page.section
                onPicked: (value) => page.section = value
            }
            Column {
                id: shown
                width: parent.width
                Repeater {
                    model: page.sections
                    Loader {
                        id: part
                        required property var modelData
                        width: shown.width
                        active: page.query !== "" || page.section === modelData.key
                        visible: active
                        Component.onCompleted: setSource("../Components/" + modelData.file + ".qml", modelData.key === "server" ? Object.assign({toLibrary: page.toLibrary}, given) : given)
                        readonly property var given: ({app: page.app, query: Qt.binding(() => page.query), narrow: Qt.binding(() => page.narrow)})
                    }
                }
            }
            EmptyState {
                width: parent.width
                visible: page.query !== "" && shown.height < 8
                iconName: "search"
                text: qsTr("No setting is about “%1”.").arg(search.text.trim())
            }
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: flick.visibleArea.heightRatio; position: flick.visibleArea.yPosition
                   active: flick.moving || hovered
                   onPositionChanged: if (pressed) flick.contentY = position * flick.contentHeight }
    }
}
