import QtQuick
import Marea
import Marea.App

Column {
    id: section
    required property AppContext app
    property string query: ""
    property bool narrow: false
    readonly property SettingsViewModel settings: app.settings
    readonly property string lacking: (app.tuning.engine, app.tuning.lacking("segments"))
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Streaming quality")
        lacking: section.lacking
        explanation: qsTr("The most of your connection that a film may take. Original sends the file as it is.")
        Choice {
            width: section.width
            options: section.settings.streamLimits
            value: section.settings.streamLimit
            onPicked: (value) => section.settings.streamLimit = value
        }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Sound of films")
        lacking: section.lacking
        explanation: qsTr("Even loudness makes films as loud as each other; night also keeps loud scenes down. The server encodes the sound anew for it.")
        Choice {
            width: section.width
            options: section.settings.soundProfiles
            value: section.settings.soundProfile
            onPicked: (value) => section.settings.soundProfile = value
        }
    }
    Setting {
        query: section.query
        wanted: section.app.pictureWindow.possible
        title: qsTr("HDR films in a window of their own")
        explanation: qsTr("For displays that show HDR. Elsewhere films in HDR are fitted to the display's usual range.")
        Switch {
            checked: section.app.pictureWindow.wanted
            Accessible.name: qsTr("HDR films in a window of their own")
            onClicked: { section.app.pictureWindow.wanted = !section.app.pictureWindow.wanted; checked = Qt.binding(() => section.app.pictureWindow.wanted) }
        }
    }
}
